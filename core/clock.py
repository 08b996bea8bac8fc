"""What time it is. Only seeding and tests may set it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime

from django.utils import timezone

_stopped_at: ContextVar[datetime | None] = ContextVar("stopped_at", default=None)


def now() -> datetime:
    """This moment, aware and in UTC."""
    return _stopped_at.get() or timezone.now()


def today() -> date:
    """The calendar day of `now()` in the current time zone."""
    return timezone.localdate(now())


@contextmanager
def at(moment: datetime) -> Iterator[datetime]:
    """Stop the clock at an aware moment. For seeding and tests only."""
    if timezone.is_naive(moment):
        raise ValueError("The clock needs a moment with a time zone.")
    token = _stopped_at.set(moment.astimezone(UTC))
    try:
        yield now()
    finally:
        _stopped_at.reset(token)


def timestamp(moment: datetime) -> str:
    """The one way a moment is written in JSON: `2026-11-20T09:30:00.123456Z`."""
    if timezone.is_naive(moment):
        raise ValueError("A timestamp needs a moment with a time zone.")
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
