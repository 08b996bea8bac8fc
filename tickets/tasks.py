"""What tickets do by themselves: they close when nobody objects, and come again by their schedules."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from core import clock
from core.chores import chore
from tickets.closing import close, left_alone
from tickets.scheduling import run_due


@chore(every=timedelta(hours=1))
def close_resolved() -> int:
    """Close what was resolved CLOSE_RESOLVED_DAYS ago and left alone; returns how many were closed."""
    days = settings.CLOSE_RESOLVED_DAYS
    if days <= 0:
        return 0
    due = left_alone(timedelta(days=days), at=clock.now())
    closed = close(due, note=f"Nobody objected for {days} days.")
    return sum(refused is None for _, refused in closed)


@chore(every=timedelta(minutes=1))
def make_scheduled_work() -> int:
    """Make what schedules have due; returns how many occurrences were handled."""
    return sum(1 for _ in run_due())
