"""Business hours as people write them, and as the clock reads them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any

import orjson

from sla.clock import Calendar, Hours

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOST_SHIFTS = 12
MOST_HOLIDAYS = 2_000
NAME_LENGTH = 100
DAY = 24 * 60

_TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)|(24):(00)", re.ASCII)


class UnreadableError(ValueError):
    """Hours or holidays that say nothing; its text is the sentence for the person."""


def read_hours(written: Any) -> Hours:
    """`{"mon": [["09:00", "17:30"]]}` in minutes after midnight, Monday first. Raises UnreadableError."""
    if not isinstance(written, dict):
        raise UnreadableError('Give hours by weekday, as in {"mon": [["09:00", "17:30"]]}.')
    if unknown := sorted(set(written) - set(WEEKDAYS)):
        raise UnreadableError(f"“{unknown[0][:20]}” is not one of: {', '.join(WEEKDAYS)}.")
    return tuple(tuple(_shifts(day, written.get(day, []))) for day in WEEKDAYS)


def read_holidays(written: Any) -> dict[date, str]:
    """`[{"date": "2026-12-25", "name": "Christmas Day"}]` by day. Raises UnreadableError."""
    if not isinstance(written, list) or len(written) > MOST_HOLIDAYS:
        raise UnreadableError(f"Give a list of at most {MOST_HOLIDAYS} holidays.")
    holidays: dict[date, str] = {}
    for each in written:
        day, name = _holiday(each)
        if day in holidays:
            raise UnreadableError(f"{day.isoformat()} is there twice.")
        holidays[day] = name
    return holidays


def write_holidays(holidays: Mapping[date, str]) -> list[dict[str, str]]:
    """Holidays as people write them, in their order."""
    return [{"date": day.isoformat(), "name": holidays[day]} for day in sorted(holidays)]


def calendar_of(time_zone: str, hours: Any, holidays: Any) -> Calendar:
    """What the clock reads in a calendar as people write it. Raises UnreadableError."""
    return Calendar(time_zone, read_hours(hours), read_holidays(holidays))


@lru_cache(maxsize=256)
def stored_calendar(time_zone: str, hours: str, holidays: str) -> Calendar:
    """The same from the text that the database keeps; read once, because a version never changes."""
    return calendar_of(time_zone, orjson.loads(hours), orjson.loads(holidays))


def _shifts(day: str, written: Any) -> Iterator[tuple[int, int]]:
    if not isinstance(written, list) or len(written) > MOST_SHIFTS:
        raise UnreadableError(f"Give at most {MOST_SHIFTS} pairs of times for “{day}”.")
    for pair in written:
        if not isinstance(pair, list) or len(pair) != 2:
            raise UnreadableError(f'For “{day}” give pairs of times, as in ["09:00", "17:30"].')
        start, end = (_minutes(day, text) for text in pair)
        if start == DAY:
            raise UnreadableError("Nothing begins at 24:00: that is 00:00 of the next day.")
        yield start, end if end > start else end + DAY


def _minutes(day: str, text: Any) -> int:
    match = _TIME.fullmatch(text) if isinstance(text, str) else None
    if match is None:
        raise UnreadableError(f"Write times for “{day}” as in 09:00, to 24:00.")
    hour, minute = (part for part in match.groups() if part is not None)
    return int(hour) * 60 + int(minute)


def _holiday(each: Any) -> tuple[date, str]:
    if not isinstance(each, dict) or set(each) != {"date", "name"}:
        raise UnreadableError('A holiday is {"date": "2026-12-25", "name": "Christmas Day"}.')
    name = each["name"]
    if not isinstance(name, str) or not 0 < len(name.strip()) <= NAME_LENGTH:
        raise UnreadableError(f"A holiday has a name of at most {NAME_LENGTH} characters.")
    return _day(each["date"]), name


def _day(text: Any) -> date:
    try:
        day = date.fromisoformat(text)
    except (TypeError, ValueError) as error:
        raise UnreadableError("Write the day of a holiday as in 2026-12-25.") from error
    if day.isoformat() != text:
        raise UnreadableError("Write the day of a holiday as in 2026-12-25.")
    return day
