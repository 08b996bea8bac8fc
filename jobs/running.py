"""One attempt at a job, from taking it up to letting it go."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from typing import Any

from django.db import close_old_connections, connection

from core import clock, request_id
from core.api.problems import as_refused
from core.errors import Conflict, RetryLater, StaleVersion
from core.lifecycle import perform
from core.transactions import atomic_with_retry
from jobs.failing import end, fall
from jobs.kinds import UnknownKind, kind_called
from jobs.lease import beating, lease_end, worker_name
from jobs.models import Job, Line, Run
from jobs.models.line import LONGEST
from jobs.states import JobStatus
from jobs.work import Interrupted, Stopped, Work

logger = logging.getLogger(__name__)

Echo = Callable[[str], object] | None
BROKEN = "Something broke that FlowTrack did not expect."


def run(job: int, attempt: int, *, echo: Echo = None) -> None:
    """Make this attempt, unless somebody made it already: a message may come twice.

    What it says is also given to ``echo``.
    """
    _drop_dead_connections()
    taken = _take_up(job, attempt)
    if taken is None:
        return
    with request_id.bind(taken.request_id), beating(taken):
        _attempt(taken, echo)
    _drop_dead_connections()


def _take_up(job: int, attempt: int) -> Job | None:
    found = Job.objects.filter(pk=job, status=JobStatus.QUEUED, attempt=attempt - 1).first()
    if found is None:
        return None

    def taken() -> Job:
        started = perform(found, "start", actor=None, expected_version=found.version)
        held = Run.objects.filter(pk=started.pk)
        held.update(leased_until=lease_end(), worker=worker_name())
        return started

    try:
        return atomic_with_retry(taken)
    except (Conflict, StaleVersion):
        return None


def _drop_dead_connections() -> None:
    """As a server does around each request: after a restart of the database, the next job asks anew."""
    if not connection.in_atomic_block:
        close_old_connections()


def _attempt(job: Job, echo: Echo) -> None:
    try:
        result = kind_called(job.kind).run(Work(job, echo=echo))
    except Stopped:
        logger.info("%s was ended by somebody else", job.reference)
    except Interrupted:
        end_quietly(job, "give_back", due_at=clock.now())
    except UnknownKind as unknown:
        end_quietly(job, "fail", error=str(unknown))
    except Exception as error:  # noqa: BLE001 - whatever breaks is told, and tried again
        _ended_by(error, job)
    else:
        end_quietly(job, "succeed", result=dict(result or {}))


def _ended_by(error: Exception, job: Job) -> None:
    refused = as_refused(error)
    if refused is None:
        logger.error("%s (%s) broke", job.reference, job.kind, exc_info=error)
        detail = "".join(traceback.format_exception(error))[-LONGEST:]
        lines, level = Line.objects.filter(job=job), Line.Level.DETAIL
        lines.create(job=job, attempt=job.attempt, level=level, text=detail.replace("\x00", ""))
        fall(job, BROKEN)
    elif isinstance(refused, RetryLater):
        fall(job, refused.detail)
    else:
        end_quietly(job, "fail", error=refused.detail)


def end_quietly(job: Job, name: str, **inputs: Any) -> None:
    """End the attempt this way, unless it was ended meanwhile."""
    try:
        end(job, name, **inputs)
    except (Conflict, StaleVersion):
        logger.info("%s was ended by somebody else", job.reference)
