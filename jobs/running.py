"""One attempt at a job, from taking it up to letting it go."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from typing import Any

from django.db import transaction

from core import clock, request_id
from core.errors import Conflict, NotPermitted, Refused, RetryLater, StaleVersion
from core.lifecycle import perform
from core.transactions import atomic_with_retry
from jobs.failing import end, fall
from jobs.kinds import Kind, Result, UnknownKind, kind_called
from jobs.lease import beating, lease_end, worker_name
from jobs.models import Job, Line, Run
from jobs.states import JobStatus
from jobs.work import Interrupted, Stopped, Work

logger = logging.getLogger(__name__)

Echo = Callable[[str], object] | None
BROKEN = "Something broke that FlowTrack did not expect."


def run(job: int, attempt: int, *, echo: Echo = None) -> None:
    """Make this attempt, unless somebody made it already: a message may come twice.

    What it says is also given to ``echo``.
    """
    taken = _take_up(job, attempt)
    if taken is None:
        return
    with request_id.bind(taken.request_id), beating(taken):
        _attempt(taken, echo)


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


def _attempt(job: Job, echo: Echo) -> None:
    try:
        _do(kind_called(job.kind), Work(job, echo=echo))
    except Stopped:
        logger.info("%s was ended by somebody else", job.reference)
    except Interrupted:
        end_quietly(job, "give_back", due_at=clock.now())
    except RetryLater as busy:
        fall(job, busy.detail)
    except Refused as no:
        end_quietly(job, "fail", error=no.detail)
    except UnknownKind as unknown:
        end_quietly(job, "fail", error=str(unknown))
    except Exception:
        logger.exception("%s (%s) broke", job.reference, job.kind)
        _broke(job)


def _do(kind: Kind, work: Work) -> None:
    """Run it with the rights that its owner has now."""
    if work.owner is not None and not work.owner.is_active:
        raise NotPermitted("Whoever asked for this has no account any more.")
    if not kind.is_atomic:
        end_quietly(work.job, "succeed", result=_plain(kind.run(work)))
        return
    with transaction.atomic():
        work.hold()
        end(work.job, "succeed", result=_plain(kind.run(work)))


def end_quietly(job: Job, name: str, **inputs: Any) -> None:
    """End the attempt this way, unless it was ended meanwhile."""
    try:
        end(job, name, **inputs)
    except (Conflict, StaleVersion):
        logger.info("%s was ended by somebody else", job.reference)


def _plain(result: Result) -> dict[str, object]:
    return dict(result or {})


def _broke(job: Job) -> None:
    Line.objects.create(
        job=job, attempt=job.attempt, level=Line.Level.DETAIL, text=traceback.format_exc()[-10_000:]
    )
    fall(job, BROKEN)
