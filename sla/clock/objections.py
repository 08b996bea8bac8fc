"""Why a calendar cannot be used."""

from __future__ import annotations

from calendar import day_name
from itertools import pairwise

from sla.clock.calendar import Calendar, Hours
from sla.clock.zones import known_zones

WEEK = 7 * 1440


def objection(calendar: Calendar) -> str | None:
    """The sentence that says what is wrong with a calendar; None if it can be used."""
    if calendar.time_zone not in known_zones():
        return f"“{calendar.time_zone}” is not a time zone."
    if len(calendar.hours) != 7:
        return "Hours are given for seven weekdays, Monday first."
    return misplaced(calendar.hours) or empty(calendar.hours) or overlap(calendar.hours)


def misplaced(hours: Hours) -> str | None:
    """Hours begin within their day and last a day at most."""
    for weekday, day in zip(day_name, hours, strict=True):
        if not all(0 <= start < 1440 and start < end <= start + 1440 for start, end in day):
            return f"Hours on {weekday} begin within the day and end later, after 24 hours at most."
    return None


def empty(hours: Hours) -> str | None:
    """A calendar in which nobody ever works would stop every clock."""
    return None if any(hours) else "A calendar needs working hours on at least one weekday."


def overlap(hours: Hours) -> str | None:
    """No minute of the week is given twice, also where Sunday night runs into Monday."""
    spans = sorted(
        (n * 1440 + start, n * 1440 + end) for n, day in enumerate(hours) for start, end in day
    )
    first = spans[0][0] + WEEK, spans[0][1] + WEEK
    for (start, end), (following, _) in pairwise([*spans, first]):
        if following < end:
            earlier, later = day_name[start // 1440], day_name[following % WEEK // 1440]
            return (
                f"Hours on {earlier} overlap with those on {later}."
                if earlier != later
                else f"Hours on {earlier} overlap."
            )
    return None
