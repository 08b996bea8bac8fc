"""How a work order of the demo goes, from its plan to what was done."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import Random
from typing import Any

from accounts.demo.office_hours import after
from accounts.demo.play import Life, drawn, soon
from accounts.models import User
from core import clock
from core.lifecycle import create, perform
from tickets.demo.diary import Window
from tickets.demo.setting import Setting
from tickets.demo.stories import Job
from tickets.models import WorkOrder

COURSES = {
    "smooth": 74,
    "moved": 8,
    "missed": 6,
    "interrupted": 7,
    "called off": 4,
    "left lying": 1,
}
HOLDS = [
    "The part does not fit.",
    "The room is occupied until tomorrow.",
    "No key.",
    "Lift is out.",
]
CALLED_OFF = ["Solved from afar.", "The contractor did it on Tuesday.", "Nobody needs it any more."]
MOVED = ["Asked for another day.", "The crew is short of people.", "Parts come later."]


@dataclass
class Visit:
    """Somebody goes there and does it; `wait` is about how many office hours they let pass first."""

    job: Job
    person: User
    planner: User
    setting: Setting
    random: Random
    wait: float
    where: dict[str, str]
    """What stands for `{room}` and `{site}`."""

    def made(self, **belongs_to: Any) -> Generator[datetime, None, bool]:
        """Plan it, go there, do it; returns whether the work order has ended."""
        order = WorkOrder(
            title=self.job.title.format(**self.where),
            checklist_template=self.setting.checklists[self.job.checklist],
            **belongs_to,
        )
        return (yield from self.taken_on(create(order, actor=self.planner)))

    def taken_on(self, order: WorkOrder) -> Generator[datetime, None, bool]:
        """Do what is a draft so far; returns whether it has ended."""
        self.order = order
        course = drawn(self.random, COURSES)
        yield soon(self.random, 0.5)
        window = self._booked(self.wait)
        self._do("schedule", self.planner, **_times(window), site=self.where["site"])
        yield soon(self.random, 0.5)
        if course == "called off":
            self._do("cancel", self.planner, reason=self.random.choice(CALLED_OFF))
            return True
        self._do("dispatch", self.planner, assignee=self.person)
        if course == "moved":
            window = self._move()
        elif course == "missed":
            yield after(window.end, hours=self.random.uniform(1, 9))
            window = self._move()
        yield window.start + timedelta(minutes=self.random.randint(0, 20))
        if course == "left lying":
            return False
        yield from self._worked(course)
        return True

    def _worked(self, course: str) -> Life:
        began = clock.now()
        self._do("start", self.person)
        if course == "interrupted":
            yield self._minutes(10, 30)
            self._do("hold", self.person, reason=self.random.choice(HOLDS))
            yield soon(self.random, 0.5)
            yield self._move().start
            self._do("resume", self.person)
        for item in self.order.checklist.order_by("position"):
            yield self._minutes(5, 30)
            if item.is_required or self.random.random() < 0.7:
                perform(item, "tick", actor=self.person)
        yield self._minutes(2, 10)
        spent = round((clock.now() - began).total_seconds() / 60)
        self._do(
            "complete",
            self.person,
            completion_notes=self.random.choice(self.job.notes),
            minutes_spent=min(spent, round(self.job.hours * 90)),
        )

    def _move(self) -> Window:
        window = self._booked(self.random.uniform(2, 12))
        note = self.random.choice(MOVED)
        self._do("reschedule", self.planner, note=note, **_times(window))
        return window

    def _booked(self, hours: float) -> Window:
        start = after(clock.now(), hours=hours)
        return self.setting.diary.book(self.person, after=start, hours=self.job.hours)

    def _do(self, action: str, actor: User, *, note: str = "", **inputs: Any) -> None:
        self.order = perform(self.order, action, actor=actor, note=note, **inputs)

    def _minutes(self, least: int, most: int) -> datetime:
        return clock.now() + timedelta(minutes=self.random.randint(least, most))


def _times(window: Window) -> dict[str, Any]:
    return {"scheduled_start": window.start, "scheduled_end": window.end}
