"""What becomes of an attempt that did not end well: another one later, or none."""

from __future__ import annotations

import logging
import random
from datetime import timedelta
from typing import Any

from django.db import DatabaseError

from core import clock
from core.errors import Conflict, StaleVersion, Unavailable
from core.lifecycle import perform
from core.transactions import atomic_with_retry
from jobs.kinds import all_kinds
from jobs.models import Job, Run

logger = logging.getLogger(__name__)

SILENT = "Its worker fell silent."
FIRST_PAUSE_SECONDS = 2.0
LONGEST_PAUSE_SECONDS = 60 * 60.0
SWEPT_AT_ONCE = 100


def fall(job: Job, error: str, *, pause: float | None = None, if_silent: bool = False) -> None:
    """Try it again after a pause that grows, or park it as failed when it had all its attempts."""

    def fallen() -> None:
        if if_silent and not Run.objects.silent().filter(pk=job.pk, attempt=job.attempt).exists():
            return  # its worker has spoken after all
        run = Run.objects.get(pk=job.pk)
        failures = run.failures + 1
        name, more = "fail", dict[str, Any]()
        if failures < _attempts_of(job):
            seconds = backoff(failures) if pause is None else pause
            name, more = "give_back", {"due_at": clock.now() + timedelta(seconds=seconds)}
        end(job, name, error=error, **more)
        Run.objects.filter(pk=job.pk).update(failures=failures)

    try:
        atomic_with_retry(fallen)
    except (Conflict, StaleVersion):
        return  # somebody else ended it meanwhile


def end(job: Job, name: str, **inputs: Any) -> None:
    """End this attempt. Raises Conflict or StaleVersion where somebody else ended it meanwhile."""
    perform(job, name, actor=None, expected_version=job.version, **inputs)


def sweep() -> int:
    """Take jobs from workers that have fallen silent; returns how many."""
    return sum(map(_taken_back, Run.objects.silent().select_related("job")[:SWEPT_AT_ONCE]))


def _taken_back(run: Run) -> bool:
    try:
        fall(run.job, SILENT, pause=random.uniform(0, 1), if_silent=True)  # noqa: S311 - jitter
    except (DatabaseError, Unavailable):
        logger.warning("%s could not be taken back; trying again", run.job, exc_info=True)
        return False
    return True


def backoff(failures: int) -> float:
    """Seconds to wait after so many failures in a row, with jitter."""
    longest = min(LONGEST_PAUSE_SECONDS, FIRST_PAUSE_SECONDS * 2 ** (failures - 1))
    return longest * random.uniform(0.5, 1.0)  # noqa: S311


def _attempts_of(job: Job) -> int:
    kind = all_kinds().get(job.kind)
    return kind.attempts if kind else 1
