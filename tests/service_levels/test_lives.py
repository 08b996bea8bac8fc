"""Whatever happens to tickets, calendars and policies: what is kept is what the clock says."""

from collections import Counter
from contextlib import suppress
from datetime import timedelta
from random import Random

import pytest

from core import clock
from core.errors import Refused
from core.lifecycle import available, change, create, declared, perform
from core.models import Event
from sla.alarms import ALARM_NAMES
from sla.checking import wrong_items
from sla.tasks import raise_alarms
from tests.service_levels.conftest import london
from tickets.models import Ticket

HOURS = [
    {"mon": [["09:00", "17:30"]], "wed": [["00:00", "24:00"]]},
    {day: [["22:00", "06:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")},
    {"tue": [["08:00", "12:00"], ["13:00", "18:00"]], "sat": [["10:00", "14:00"]]},
]
PRIORITIES = ["low", "medium", "high", "urgent"]
"""Nothing is promised for what is high."""
PAUSES = [0, 7, 55, 480, 2_000]
OTHER_STORIES = {"transfer"}


class Life:
    """Ann reports, Ben works, and somebody edits what was promised."""

    def __init__(self, chance, ann, ben, office, policies):
        self.chance, self.ann, self.ben = chance, ann, ben
        self.office, self.policies = office, policies
        self.often = [self.move] * 8 + [self.look] * 2
        self.seldom = [self.report, self.answer, self.edit_hours, self.edit_promise]
        self.report()

    def goes_on(self):
        self.chance.choice(self.often + self.seldom)()

    def report(self):
        create(Ticket(title="A lamp", priority=self.chance.choice(PRIORITIES)), actor=self.ann)

    def move(self):
        ticket = self.some_ticket()
        possible = set(available(ticket, self.ben)) - OTHER_STORIES
        if possible:
            name = self.chance.choice(sorted(possible))
            with suppress(Refused):  # not every two tickets can be merged
                perform(ticket, name, actor=self.ben, **self.inputs(name))

    def answer(self):
        self.some_ticket().was_answered(self.ben)

    def look(self):
        raise_alarms()

    def edit_hours(self):
        change(self.office, actor=None, hours=self.chance.choice(HOURS))

    def edit_promise(self):
        minutes = self.chance.choice([30, 240, 960])
        change(self.chance.choice(self.policies), actor=None, resolution_minutes=minutes)

    def some_ticket(self):
        return self.chance.choice(Ticket.objects.for_display().order_by("pk"))

    def inputs(self, name):
        given = {
            "assignee": self.ben,
            "priority": self.chance.choice(PRIORITIES),
            "merged_into": self.some_ticket(),
        }
        asked = declared(Ticket)[name].inputs
        return {each: given.get(each, "Because.") for each in asked if each != "team"}


@pytest.mark.parametrize("seed", range(6))
def test_what_is_kept_is_what_the_clock_says(ann, ben, office, promise, seed):
    policies = [
        promise(priority="medium"),
        promise("Urgent", priority="urgent", resolution_minutes=90, response_minutes=None),
        promise("Other", priority="low", resolution_minutes=40 * 60, waits_in=["new"]),
    ]
    chance, now = Random(seed), london("2026-03-23 09:00")  # noqa: S311 # clocks go forward soon
    with clock.at(now):
        life = Life(chance, ann, ben, office, policies)

    for _ in range(30):
        now += timedelta(minutes=chance.choice(PAUSES))
        with clock.at(now):
            life.goes_on()
            assert list(wrong_items()) == []

    said = Event.objects.filter(action__in=ALARM_NAMES).values_list("subject_id", "action")
    assert max(Counter(said).values(), default=0) <= 1
