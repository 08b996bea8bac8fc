"""What a time zone does to a day."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)


class Part(NamedTuple):
    """Part of a UTC day in which local clocks keep one distance from UTC."""

    start: datetime
    end: datetime
    offset: timedelta


@lru_cache(maxsize=16_384)
def parts(time_zone: str, day: date) -> tuple[Part, ...]:
    """A UTC day, cut where the local clocks are changed. No zone has ever changed them twice within a day."""
    zone = ZoneInfo(time_zone)
    start = datetime.combine(day, time.min, UTC)
    before, after = offset(zone, start), offset(zone, start + DAY)
    if before == after:
        return (Part(start, start + DAY, before),)
    change = first_change(zone, start, start + DAY)
    cut = (Part(start, change, before), Part(change, start + DAY, after))
    return tuple(part for part in cut if part.start < part.end)


def first_change(zone: ZoneInfo, start: datetime, end: datetime) -> datetime:
    """The second at which the distance is no longer that of the start, found by halving."""
    before = offset(zone, start)
    while end - start > SECOND:
        middle = start + (end - start) // SECOND // 2 * SECOND
        start, end = (middle, end) if offset(zone, middle) == before else (start, middle)
    return end


def offset(zone: ZoneInfo, at: datetime) -> timedelta:
    """How far local clocks are ahead of UTC."""
    return at.astimezone(zone).utcoffset() or timedelta(0)


@lru_cache(maxsize=1)
def known_zones() -> frozenset[str]:
    """Every time zone there is a table for."""
    return frozenset(available_timezones())
