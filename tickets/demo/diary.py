"""Who is where when, so that nobody is planned to be in two places."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from typing import NamedTuple, Self

from accounts.demo.office_hours import closing, opened
from accounts.models import User
from tickets.models import WorkOrder

HALF_AN_HOUR = timedelta(minutes=30)


class Window(NamedTuple):
    """From when to when somebody is on site."""

    start: datetime
    end: datetime


class Diary:
    """The windows that are promised to each person."""

    def __init__(self) -> None:
        self._taken: dict[int, list[Window]] = defaultdict(list)

    @classmethod
    def of_the_house(cls) -> Self:
        """With everything that is planned already."""
        diary = cls()
        planned = WorkOrder.objects.filter(assignee__isnull=False, scheduled_start__isnull=False)
        columns = ("assignee", "scheduled_start", "scheduled_end")
        for person, start, end in planned.values_list(*columns):
            diary._taken[person].append(Window(start, end))
        return diary

    def book(self, person: User, *, after: datetime, hours: float) -> Window:
        """The first free time of that length within one day at the office."""
        length = timedelta(hours=hours)
        start = _on_the_half_hour(opened(after))
        while later := self._obstacle(person, Window(start, start + length)):
            start = _on_the_half_hour(opened(later))
        window = Window(start, start + length)
        self._taken[person.pk].append(window)
        return window

    def _obstacle(self, person: User, wish: Window) -> datetime | None:
        """When to try again, if that window is not free."""
        for taken in self._taken[person.pk]:
            if taken.start < wish.end and wish.start < taken.end:
                return taken.end
        return closing(wish.start) if wish.end > closing(wish.start) else None


def _on_the_half_hour(moment: datetime) -> datetime:
    past = timedelta(
        minutes=moment.minute % 30, seconds=moment.second, microseconds=moment.microsecond
    )
    return opened(moment + HALF_AN_HOUR - past) if past else moment
