"""From a rule to wall-clock times: period by period, and from near the question on.

The periods of a rule are numbered, so the one in which the question lies is found by arithmetic and
not by walking there from the start. What is searched in vain is searched to a given end only.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import MAXYEAR, date, datetime, time
from functools import cache
from itertools import count, dropwhile, islice, takewhile

from tickets.recurrence.grammar import Rule

LAST = datetime(MAXYEAR - 1, 12, 31)  # noqa: DTZ001 - wall-clock time
"""Where the calendar ends for us, with room for any time zone."""


def local_times(
    rule: Rule, start: datetime, *, earliest: datetime, latest: datetime
) -> Iterator[datetime]:
    """The times of a rule that counts from `start`, in order; all local, naive and inclusive."""
    start = start.replace(microsecond=0)
    rule = _completed(rule, start)
    latest = min(latest, rule.until or latest, LAST)
    # Only who counts has to begin at the beginning.
    since = start if rule.count else max(start, earliest)
    coming: Iterator[datetime] = (
        local
        for days in _periods(rule, start, since=since, until=latest)
        for together in _sets(rule, start, days)
        for local in _chosen(together, rule.positions)
        if local >= start
    )
    counted = islice(coming, rule.count)
    return dropwhile(
        lambda local: local < earliest, takewhile(lambda local: local <= latest, counted)
    )


def _completed(rule: Rule, start: datetime) -> Rule:
    """The rule with what its start says where the rule itself does not."""
    is_hourly = rule.frequency == "HOURLY"
    hours = rule.hours or frozenset(range(24) if is_hourly else [start.hour])
    rule = replace(rule, hours=hours, minutes=rule.minutes or frozenset([start.minute]))
    if rule.weeks or rule.year_days or rule.month_days or rule.weekdays:
        return rule
    if rule.frequency == "WEEKLY":
        return replace(rule, weekdays=frozenset([(0, start.weekday())]))
    if rule.frequency == "MONTHLY":
        return replace(rule, month_days=frozenset([start.day]))
    if rule.frequency == "YEARLY":
        months = rule.months or frozenset([start.month])
        return replace(rule, months=months, month_days=frozenset([start.day]))
    return rule


def _periods(rule: Rule, start: datetime, *, since: datetime, until: datetime) -> Iterator[range]:
    """The days of each period, as ordinals: years, months, weeks or days, every so many of them."""
    step = 1 if rule.frequency == "HOURLY" else rule.interval
    first = _number_of(start, rule)
    nearest = first + (_number_of(since, rule) - first) // step * step
    periods = (_days_of(number, rule) for number in count(nearest, step))
    return takewhile(lambda days: days.start <= until.toordinal(), periods)


def _number_of(day: date, rule: Rule) -> int:
    """The number of the period in which this day lies; of its day, for what comes by the hour."""
    if rule.frequency == "YEARLY":
        return day.year
    if rule.frequency == "MONTHLY":
        return day.year * 12 + day.month - 1
    if rule.frequency == "WEEKLY":
        return _week_begin(day.toordinal(), rule.week_start) // 7
    return day.toordinal()


def _days_of(number: int, rule: Rule) -> range:
    if rule.frequency == "YEARLY":
        return range(_year_begin(number), _year_begin(number + 1))
    if rule.frequency == "MONTHLY":
        year, month = number // 12, number % 12 + 1
        first = date(year, month, 1).toordinal()
        return range(first, first + monthrange(year, month)[1])
    if rule.frequency == "WEEKLY":
        first = _week_begin(number * 7 + 6, rule.week_start)
        return range(first, first + 7)
    return range(number, number + 1)


def _sets(rule: Rule, start: datetime, days: range) -> Iterator[list[datetime]]:
    """The times that belong together, from which BYSETPOS chooses: those of a period or of an hour."""
    fitting = [day for day in map(date.fromordinal, days) if _fits(day, rule)]
    if rule.frequency != "HOURLY":
        yield [
            at
            for day in fitting
            for hour in sorted(rule.hours)
            for at in _at(day, hour, rule, start)
        ]
        return
    for day in fitting:
        past = (day.toordinal() - start.toordinal()) * 24 - start.hour
        for hour in sorted(rule.hours):
            if (past + hour) % rule.interval == 0:
                yield _at(day, hour, rule, start)


def _at(day: date, hour: int, rule: Rule, start: datetime) -> list[datetime]:
    return [
        datetime.combine(day, time(hour, minute, start.second)) for minute in sorted(rule.minutes)
    ]


def _chosen(together: list[datetime], positions: Collection[int]) -> Iterable[datetime]:
    """Those at these positions, from the front or from the back; all, where none are named."""
    if not positions:
        return together
    size = len(together)
    return [
        local
        for index, local in enumerate(together)
        if index + 1 in positions or index - size in positions
    ]


def _fits(day: date, rule: Rule) -> bool:
    """Whether every part that speaks of days takes this one; the cheap questions first."""
    return (
        (not rule.months or day.month in rule.months)
        and (not rule.month_days or not rule.month_days.isdisjoint(_places_in_month(day)))
        and (not rule.weekdays or _is_on_weekday(day, rule))
        and (not rule.year_days or not rule.year_days.isdisjoint(_places_in_year(day)))
        and (not rule.weeks or not rule.weeks.isdisjoint(_places_of_week(day, rule.week_start)))
    )


def _is_on_weekday(day: date, rule: Rule) -> bool:
    """By its name alone, or as the so many-th of that name in the month or year."""
    weekday = day.weekday()
    if (0, weekday) in rule.weekdays:
        return True
    if not rule.counts_weekdays:
        return False
    in_month = rule.frequency == "MONTHLY" or bool(rule.months)
    place, from_end = _places_in_month(day) if in_month else _places_in_year(day)
    nth, nth_last = (place + 6) // 7, -((6 - from_end) // 7)
    return (nth, weekday) in rule.weekdays or (nth_last, weekday) in rule.weekdays


def _places_in_month(day: date) -> tuple[int, int]:
    """Which day it is, counted from the first and from the last: 1 January is 1 and -31."""
    return day.day, day.day - monthrange(day.year, day.month)[1] - 1


def _places_in_year(day: date) -> tuple[int, int]:
    ordinal = day.toordinal()
    return ordinal - _year_begin(day.year) + 1, ordinal - _year_begin(day.year + 1)


def _places_of_week(day: date, week_start: int) -> tuple[int, int]:
    """Weeks belong to the year in which four of their days are, as the standard counts them."""
    begin = _week_begin(day.toordinal(), week_start)
    year = date.fromordinal(begin + 3).year
    first, following = _first_week(year, week_start), _first_week(year + 1, week_start)
    return (begin - first) // 7 + 1, (begin - following) // 7


def _week_begin(ordinal: int, week_start: int) -> int:
    """The first day of the week in which this day lies; day 1 of the calendar is a Monday."""
    return ordinal - (ordinal - 1 - week_start) % 7


@cache
def _year_begin(year: int) -> int:
    return date(year, 1, 1).toordinal()


@cache
def _first_week(year: int, week_start: int) -> int:
    """Where the week begins that has 4 January."""
    return _week_begin(_year_begin(year) + 3, week_start)
