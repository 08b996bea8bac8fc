"""When people work: hours by weekday in a time zone, but for holidays."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sla.clock.stretches import Kind, Span, Stretch, joined
from sla.clock.zones import DAY, parts

Hours = tuple[tuple[tuple[int, int], ...], ...]
"""For each weekday, Monday first: (start, end) in minutes after local midnight; past 1440 is the next day."""

HORIZON = timedelta(days=3653)
"""Ten years: nobody is promised anything later. A calendar of nothing but holidays ends the search here."""

LAST_SEARCH = datetime(9980, 1, 1, tzinfo=UTC)
"""Python's own calendar ends with the year 9999."""

MINUTE = timedelta(minutes=1)

AROUND_THE_CLOCK: Hours = (((0, 1440),),) * 7


@dataclass(frozen=True)
class Calendar:
    """
    Business hours of a place.

    An instant is working time if the local wall clock then shows a time within the hours of a day that is no holiday.
    Hours that cross midnight belong to the day in which they began. Wall times that a change of clocks skips do not
    exist; those that it repeats count twice. Give `holidays` a mapping that nobody changes afterwards.
    """

    time_zone: str
    hours: Hours
    holidays: Mapping[date, str] = field(default_factory=dict, hash=False)

    def is_open(self, at: datetime) -> bool:
        """Whether people work at this instant."""
        local = at.astimezone(ZoneInfo(self.time_zone))
        minute = local.hour * 60 + local.minute
        plan = local_day(self, local.date())
        return any(part.start <= minute < part.end and part.kind is Kind.WORKING for part in plan)

    def opens(self, at: datetime) -> datetime | None:
        """The first working instant from here on, maybe `at` itself; None if there is none within ten years."""
        return next(self.working(at), (None,))[0]

    def working(self, start: datetime) -> Iterator[Span]:
        """Stretches of working time from here on, for ten years."""
        for stretch in self.pieces(start, min(start, LAST_SEARCH) + HORIZON):
            if stretch.kind is Kind.WORKING:
                yield stretch.start, stretch.end

    def stretches(self, start: datetime, end: datetime) -> Iterator[Stretch]:
        """Working, closed and holiday time from start to end, in UTC and without gaps."""
        return joined(self.pieces(start, end))

    def pieces(self, start: datetime, end: datetime) -> Iterator[Stretch]:
        """The same, cut at UTC midnights too."""
        start, end = start.astimezone(UTC), end.astimezone(UTC)
        day = start.date()
        while datetime.combine(day, time.min, UTC) < end:
            whole = utc_day(self, day)
            is_inside = start <= whole[0].start and whole[-1].end <= end
            yield from whole if is_inside else clipped(whole, start, end)
            day += DAY


@lru_cache(maxsize=16_384)
def utc_day(calendar: Calendar, day: date) -> tuple[Stretch, ...]:
    """How a UTC day passes: local days laid over it, wherever their wall times exist."""
    return tuple(
        Stretch(start - part.offset, end - part.offset, kind, why)
        for part in parts(calendar.time_zone, day)
        for start, end, kind, why in wall(
            calendar, part.start + part.offset, part.end + part.offset
        )
    )


def clipped(stretches: Iterable[Stretch], start: datetime, end: datetime) -> Iterator[Stretch]:
    """What of them lies between start and end."""
    for stretch in stretches:
        if stretch.start < end and start < stretch.end:
            yield stretch._replace(start=max(start, stretch.start), end=min(end, stretch.end))


def wall(calendar: Calendar, start: datetime, end: datetime) -> Iterator[Stretch]:
    """How time passes between two readings of the wall clock."""
    day = start.date()
    while (midnight := datetime.combine(day, time.min, UTC)) < end:
        shown = (
            Stretch(midnight + begins * MINUTE, midnight + ends * MINUTE, kind, why)
            for begins, ends, kind, why in local_day(calendar, day)
        )
        yield from clipped(shown, start, end)
        day += DAY


class Shift(NamedTuple):
    """Minutes of one local day that pass in one way."""

    start: int
    end: int
    kind: Kind
    why: str


@lru_cache(maxsize=16_384)
def local_day(calendar: Calendar, day: date) -> tuple[Shift, ...]:
    """How the 1440 minutes on the wall pass, those before, between and after the hours included."""
    plan, reached = [], 0
    for shift in sorted([*shifts(calendar, day - DAY, moved=-1440), *shifts(calendar, day)]):
        if reached < shift.start:
            plan.append(Shift(reached, shift.start, Kind.CLOSED, "Outside working hours"))
        plan.append(shift)
        reached = shift.end
    if reached < 1440:
        plan.append(Shift(reached, 1440, Kind.CLOSED, "Outside working hours"))
    return tuple(plan)


def shifts(calendar: Calendar, day: date, *, moved: int = 0) -> Iterator[Shift]:
    """The hours that begin on a day, by the minutes of the day from which they are seen."""
    holiday = calendar.holidays.get(day)
    kind, why = (Kind.WORKING, "Working hours") if holiday is None else (Kind.HOLIDAY, holiday)
    for start, end in calendar.hours[day.weekday()]:
        begins, ends = max(start + moved, 0), min(end + moved, 1440)
        if begins < ends:
            yield Shift(begins, ends, kind, why)
