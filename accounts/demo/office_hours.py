"""When people in an office do things: on working days, by day."""

from __future__ import annotations

import math
from datetime import datetime, timedelta
from random import Random

OPENS, CLOSES = 8, 18
DAY = timedelta(days=1)
SATURDAY = 5


def some_time(random: Random, first: datetime, last: datetime) -> datetime:
    """A moment from the first to before the last; in office hours, unless they open too late."""
    moment = first + (last - first) * random.random()
    at_work = opened(moment)
    return at_work if at_work < last else moment


def later(random: Random, moment: datetime, *, about_hours: float) -> datetime:
    """Some office hours later: often less than `about_hours`, now and then much more."""
    return after(moment, hours=about_hours * math.exp(random.gauss(0, 0.7)))


def after(moment: datetime, *, hours: float) -> datetime:
    """The moment after so many office hours."""
    moment, left = opened(moment), timedelta(hours=hours)
    while left > (today := closing(moment) - moment):
        left -= today
        moment = opened(closing(moment))
    return moment + left


def opened(moment: datetime) -> datetime:
    """The moment itself when the office is open, else the next opening with its minutes kept."""
    while moment.weekday() >= SATURDAY or moment.hour >= CLOSES:
        moment = _opening(moment + DAY)
    return moment if moment.hour >= OPENS else _opening(moment)


def closing(moment: datetime) -> datetime:
    """When the office closes that day."""
    return moment.replace(hour=CLOSES, minute=0, second=0, microsecond=0)


def _opening(moment: datetime) -> datetime:
    return moment.replace(hour=OPENS)
