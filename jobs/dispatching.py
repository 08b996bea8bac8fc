"""From the rows to the engine: the rows are the queue, the engine is the way to the workers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from itertools import groupby

from django.db import connection

from core.transactions import atomic_with_retry
from jobs.engines import dispatch
from jobs.models import Run

AT_ONCE = 200
AGAIN_AFTER = timedelta(seconds=15)
"""When a message that no worker took up is given to the engine again; each time twice as late."""

MOST_DOUBLINGS = 4
ENGINE_PAUSE = timedelta(seconds=2)


def hand_over() -> int:
    """Give what is due to the engine; returns how many messages."""
    if not Run.objects.due().exists():
        return 0  # without the write lock, which is the only one on SQLite
    messages = atomic_with_retry(_claimed)
    try:
        dispatch(messages)
    except Exception:
        Run.objects.filter(pk__in=[job for job, _ in messages]).not_handed_over(ENGINE_PAUSE)
        raise
    return len(messages)


def _claimed() -> list[tuple[int, int]]:
    rows = Run.objects.due()
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    due = list(rows[:AT_ONCE])
    for times, runs in groupby(sorted(due, key=_times), key=_times):
        later = AGAIN_AFTER * 2 ** min(times, MOST_DOUBLINGS)
        Run.objects.filter(pk__in=_keys(runs)).handed_over(again_in=later)
    return [(run.pk, run.attempt + 1) for run in due]


def _times(run: Run) -> int:
    return run.handed_over


def _keys(runs: Iterable[Run]) -> list[int]:
    return [run.pk for run in runs]
