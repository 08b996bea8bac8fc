"""What the worker would have done meanwhile, each thing when it was due."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from accounts.demo.office_hours import opened
from accounts.demo.play import Life
from core import clock
from sla.tasks import raise_alarms
from tickets.tasks import close_resolved, make_scheduled_work


def worker(since: datetime) -> Iterator[Life]:
    """Its chores, a little less often than in life: nobody was waiting."""
    yield _again_and_again(raise_alarms, since, by_day=3, by_night=6)
    yield _again_and_again(make_scheduled_work, since, by_day=6, by_night=12)
    yield _again_and_again(close_resolved, since, by_day=12, by_night=12)


def _again_and_again(
    chore: Callable[[], object], since: datetime, *, by_day: int, by_night: int
) -> Life:
    """Every so many hours."""
    yield since
    while True:
        chore()
        is_day = opened(clock.now()) == clock.now()
        yield clock.now() + timedelta(hours=by_day if is_day else by_night)
