"""What a rule of RFC 5545 says, read strictly: whatever is accepted here can be followed at small cost."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Self

LONGEST = 300
LARGEST_INTERVAL = 1_000
MOST_TIMES = 1_000
MOST_TIMES_A_DAY = 24

FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

SHAPE = re.compile(r"[A-Z]+=[A-Z0-9,+:-]+(;[A-Z]+=[A-Z0-9,+:-]+)*", re.ASCII)
UNTIL = re.compile(r"\d{8}(T\d{6})?", re.ASCII)
NUMBER = re.compile(r"[+-]?\d{1,4}", re.ASCII)
WEEKDAY = re.compile(r"([+-]?\d{1,2})?([A-Z]{2})", re.ASCII)

LOWEST_AND_HIGHEST = {
    "INTERVAL": (1, LARGEST_INTERVAL),
    "COUNT": (1, MOST_TIMES),
    "BYMONTH": (1, 12),
    "BYWEEKNO": (-53, 53),
    "BYYEARDAY": (-366, 366),
    "BYMONTHDAY": (-31, 31),
    "BYHOUR": (0, 23),
    "BYMINUTE": (0, 59),
    "BYSETPOS": (-366, 366),
}
"""A part that counts from the end, too, has no zero."""

LENGTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Of the months, at their longest."""

PARTS = {"FREQ", "UNTIL", "BYDAY", "WKST", *LOWEST_AND_HIGHEST}
FITS_WITH = {
    "BYWEEKNO": {"YEARLY"},
    "BYYEARDAY": {"YEARLY", "HOURLY"},
    "BYMONTHDAY": {"YEARLY", "MONTHLY", "DAILY", "HOURLY"},
}
"""The parts that the standard allows with some frequencies only."""


class UnfitError(ValueError):
    """A rule that cannot be used; its text is the sentence for the person."""


@dataclass(frozen=True, kw_only=True)
class Rule:
    """The parts of a rule; what it does not say is empty."""

    frequency: str
    interval: int = 1
    count: int | None = None
    until: datetime | None = None
    """Local and naive."""
    months: frozenset[int] = frozenset()
    weeks: frozenset[int] = frozenset()
    year_days: frozenset[int] = frozenset()
    month_days: frozenset[int] = frozenset()
    weekdays: frozenset[tuple[int, int]] = frozenset()
    """Which one, or 0 for each, and the day: (-1, 4) is the last Friday."""
    hours: frozenset[int] = frozenset()
    minutes: frozenset[int] = frozenset()
    positions: frozenset[int] = frozenset()
    week_start: int = 0

    @classmethod
    def read(cls, text: str) -> Self:
        """The rule that a text says. Raises UnfitError with what is wrong."""
        parts = _parts(text)
        rule = cls(
            frequency=parts["FREQ"],
            interval=max(_numbers(parts, "INTERVAL"), default=1),
            count=max(_numbers(parts, "COUNT"), default=None),
            until=_until(parts),
            months=_numbers(parts, "BYMONTH"),
            weeks=_numbers(parts, "BYWEEKNO"),
            year_days=_numbers(parts, "BYYEARDAY"),
            month_days=_numbers(parts, "BYMONTHDAY"),
            weekdays=_weekdays(parts),
            hours=_numbers(parts, "BYHOUR"),
            minutes=_numbers(parts, "BYMINUTE"),
            positions=_numbers(parts, "BYSETPOS"),
            week_start=_week_start(parts),
        )
        if rule.times_a_day > MOST_TIMES_A_DAY:
            raise UnfitError(f"At most {MOST_TIMES_A_DAY} times a day.")
        if not rule.has_days:
            raise UnfitError("It never comes: no month that it names has such a day.")
        return rule

    @property
    def times_a_day(self) -> int:
        """How often it comes on a day, at most."""
        hourly = -(-24 // self.interval) if self.frequency == "HOURLY" else 1
        return (len(self.hours) or hourly) * (len(self.minutes) or 1)

    @property
    def has_days(self) -> bool:
        """Whether one of its months is long enough for one of its days: 30 February is not."""
        longest = max((LENGTHS[month - 1] for month in self.months), default=max(LENGTHS))
        return min(map(abs, self.month_days), default=1) <= longest

    @cached_property
    def counts_weekdays(self) -> bool:
        """Whether it names the first Monday, or the last, and not only Mondays."""
        return any(place for place, _ in self.weekdays)


def _parts(text: str) -> dict[str, str]:
    """The parts by name: known ones, each once, that may stand beside each other."""
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
    if parts.get("FREQ") not in FREQUENCIES:
        raise UnfitError(f"FREQ is one of {', '.join(FREQUENCIES)}.")
    _refuse_what_does_not_go_together(parts)
    return parts


def _refuse_what_does_not_go_together(parts: Mapping[str, str]) -> None:
    if "COUNT" in parts and "UNTIL" in parts:
        raise UnfitError("Say COUNT or UNTIL, not both.")
    for name, frequencies in FITS_WITH.items():
        if name in parts and parts["FREQ"] not in frequencies:
            raise UnfitError(f"{name} does not go with FREQ={parts['FREQ']}.")
    if "BYSETPOS" in parts and not any(
        name.startswith("BY") and name != "BYSETPOS" for name in parts
    ):
        raise UnfitError("BYSETPOS chooses among what another BY part finds: add one.")


def _numbers(parts: Mapping[str, str], name: str) -> frozenset[int]:
    """The numbers of a part, within its bounds; INTERVAL and COUNT have one."""
    lowest, highest = LOWEST_AND_HIGHEST[name]
    given = parts[name].split(",") if name in parts else []
    if len(given) > 1 and name in ("INTERVAL", "COUNT"):
        raise UnfitError(f"{name} is one number.")
    if not all(_is_within(each, lowest, highest) for each in given):
        spoken = f"1 to {highest} or -1 to {lowest}" if lowest < 0 else f"{lowest} to {highest:,}"
        raise UnfitError(f"{name} is from {spoken}.")
    return frozenset(int(each) for each in given)


def _is_within(word: str, lowest: int, highest: int) -> bool:
    """Whether it is such a number; nothing is the 0th from the end."""
    if not NUMBER.fullmatch(word):
        return False
    return lowest <= int(word) <= highest and (lowest == 0 or int(word) != 0)


def _weekdays(parts: Mapping[str, str]) -> frozenset[tuple[int, int]]:
    """The days of BYDAY, each with its place in the month or year, or 0."""
    highest = _highest_place(parts)
    found = set()
    for each in parts["BYDAY"].split(",") if "BYDAY" in parts else []:
        match = WEEKDAY.fullmatch(each)
        if match is None or match[2] not in WEEKDAYS:
            raise UnfitError(f"BYDAY names days as {', '.join(WEEKDAYS)}.")
        place = int(match[1] or 0)
        if match[1] and not 1 <= abs(place) <= highest:
            raise UnfitError(_words_on_places(highest))
        found.add((place, WEEKDAYS.index(match[2])))
    return frozenset(found)


def _highest_place(parts: Mapping[str, str]) -> int:
    """How many of one weekday there are at most in what BYDAY counts through."""
    if parts["FREQ"] == "MONTHLY" or (parts["FREQ"] == "YEARLY" and "BYMONTH" in parts):
        return 5
    return 53 if parts["FREQ"] == "YEARLY" and "BYWEEKNO" not in parts else 0


def _words_on_places(highest: int) -> str:
    if highest == 0:
        return "BYDAY counts days, as in 1MO, only in months, and in years without BYWEEKNO."
    return f"BYDAY counts from 1 to {highest} or -1 to -{highest} here."


def _week_start(parts: Mapping[str, str]) -> int:
    day = parts.get("WKST", "MO")
    if day not in WEEKDAYS:
        raise UnfitError(f"WKST is one of {', '.join(WEEKDAYS)}.")
    return WEEKDAYS.index(day)


def _until(parts: Mapping[str, str]) -> datetime | None:
    """The last moment that may be one of its times; a day alone is its beginning."""
    given = parts.get("UNTIL")
    if given is None:
        return None
    form = "%Y%m%dT%H%M%S" if "T" in given else "%Y%m%d"
    try:
        # Its own reading is too generous: it takes fewer digits, too.
        return datetime.strptime(given if UNTIL.fullmatch(given) else "", form)  # noqa: DTZ007
    except ValueError as error:
        raise UnfitError("UNTIL is local: 20271231 or 20271231T170000.") from error
