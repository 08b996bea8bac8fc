"""Recurrence: a rule of RFC 5545, read strictly and searched no further than anybody plans."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import MAXYEAR, UTC, datetime, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

LONGEST = 300
MOST_TIMES = 10_000
LARGEST_INTERVAL = 1_000
PARTS = {
    "FREQ",
    "INTERVAL",
    "COUNT",
    "UNTIL",
    "BYMONTH",
    "BYWEEKNO",
    "BYYEARDAY",
    "BYMONTHDAY",
    "BYDAY",
    "BYHOUR",
    "BYMINUTE",
    "BYSETPOS",
    "WKST",
}
CYCLE = 400
"""After so many years the Gregorian calendar is the same again, weekdays included."""

YEAR = timedelta(days=366)
AHEAD = {
    "YEARLY": 40 * YEAR,
    "MONTHLY": 20 * YEAR,
    "WEEKLY": 10 * YEAR,
    "DAILY": 5 * YEAR,
    "HOURLY": YEAR,
}
"""How far the next occurrence is looked for; what comes later than this never comes."""

SHAPE = re.compile(r"[A-Z]+=[A-Z0-9,+:-]+(;[A-Z]+=[A-Z0-9,+:-]+)*", re.ASCII)
UNTIL = re.compile(r"\d{8}(T\d{6})?", re.ASCII)


class UnfitError(ValueError):
    """A rule that cannot be used; its text is the sentence for the person."""


@dataclass(frozen=True)
class Recurrence:
    """A rule, the wall-clock time from which it counts, and the zone of that clock.

    Occurrences keep their wall-clock time through the year. Where the clocks go forward, an occurrence
    in the hour that does not exist moves forward with them; where they go back, the first of the two
    hours counts.
    """

    text: str
    start: datetime
    """Local and naive."""
    zone: ZoneInfo

    def after(self, moment: datetime) -> Iterator[datetime]:
        """The occurrences after an aware moment, in order, in UTC; lazily, and never without end."""
        last = moment
        for local in self._local_after(moment):
            at = local.replace(tzinfo=self.zone).astimezone(UTC)
            if at > last:  # two wall-clock times are one instant where the clocks go forward
                yield at
                last = at

    def next_after(self, moment: datetime) -> datetime | None:
        """The first occurrence after an aware moment, or None."""
        return next(self.after(moment), None)

    def _local_after(self, moment: datetime) -> Iterator[datetime]:
        parts = parts_of(self.text)
        here = moment.astimezone(self.zone).replace(tzinfo=None)
        # A day back, because wall-clock times and instants are not in the same order everywhere.
        earliest = max(here - timedelta(days=1), self.start)
        latest = earliest + AHEAD[parts["FREQ"]]
        cycles = (MAXYEAR - latest.year) // CYCLE * CYCLE
        rule = self._rule(parts, latest, cycles)
        if count := parts.get("COUNT"):
            counted = (_moved(local, -cycles) for local in islice(rule, int(count)))
            return (local for local in counted if local >= earliest)
        coming = rule.xafter(_moved(earliest, cycles), inc=True)
        return (_moved(local, -cycles) for local in coming)

    def _rule(self, parts: dict[str, str], latest: datetime, cycles: int) -> rrule:
        """The rule without its count, ending where nobody plans any more.

        A rule that never comes is searched until the calendar ends. So it is followed in the last
        cycle of the calendar that is like the present one, day by day: that is twenty times sooner.
        """
        rest = ";".join(f"{name}={value}" for name, value in parts.items() if name != "COUNT")
        try:
            rule: Any = rrulestr(rest, dtstart=self.start)
            until = min(rule._until or latest, latest)
            moved = rule.replace(dtstart=_moved(self.start, cycles), until=_moved(until, cycles))
        except (ValueError, KeyError, TypeError, OverflowError, AttributeError) as error:
            raise UnfitError("This is no rule of RFC 5545.") from error
        return moved


def _moved(local: datetime, years: int) -> datetime:
    """The same day and time, whole cycles of the calendar away."""
    return local.replace(year=local.year + years)


def parts_of(text: str) -> dict[str, str]:
    """The parts of a rule by name. Raises UnfitError with what is wrong."""
    rule = text.strip().upper().removeprefix("RRULE:")
    if len(rule) > LONGEST:
        raise UnfitError(f"At most {LONGEST} characters.")
    if not SHAPE.fullmatch(rule):
        raise UnfitError("Write a rule of RFC 5545, such as FREQ=WEEKLY;BYDAY=MO.")
    pairs = [part.partition("=")[::2] for part in rule.split(";")]
    parts = dict(pairs)
    if len(parts) < len(pairs):
        raise UnfitError("Each part may be there once.")
    if unknown := sorted(parts.keys() - PARTS):
        raise UnfitError(f"There is no {unknown[0]} here: {', '.join(sorted(PARTS))}.")
    if parts.get("FREQ") not in AHEAD:
        raise UnfitError(f"FREQ is one of {', '.join(AHEAD)}.")
    if "COUNT" in parts and "UNTIL" in parts:
        raise UnfitError("Say COUNT or UNTIL, not both.")
    if "UNTIL" in parts and not UNTIL.fullmatch(parts["UNTIL"]):
        raise UnfitError("UNTIL is local: 20271231 or 20271231T170000.")
    _check_number(parts, "INTERVAL", LARGEST_INTERVAL)
    _check_number(parts, "COUNT", MOST_TIMES)
    return parts


def _check_number(parts: dict[str, str], name: str, most: int) -> None:
    value = parts.get(name, "1")
    if not value.isdigit() or not 1 <= int(value) <= most:
        raise UnfitError(f"{name} is from 1 to {most:,}.")
