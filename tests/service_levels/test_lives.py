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
from sla.clock_reading import read_clocks
from sla.models import Policy
from sla.rulebook import RuleBook
from sla.standing import Standing
from sla.tasks import raise_alarms
from tests.service_levels.conftest import london
from tickets.models import Ticket

HOURS = [
    {"mon": [["09:00", "17:30"]], "wed": [["00:00", "24:00"]]},
    {day: [["22:00", "06:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")},
    {"tue": [["08:00", "12:00"], ["13:00", "18:00"]], "sat": [["10:00", "14:00"]]},
]
PRIORITIES = ["low", "medium", "high", "urgent"]
"""Nothing is promised for what is high: the promises of a new installation are taken away."""
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
        who = self.chance.choice([self.ann, self.ann, self.ben])
        create(Ticket(title="A lamp", priority=self.chance.choice(PRIORITIES)), actor=who)

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


def standing_in_lists(now):
    """What the database answers to `?service_level=`."""
    return {
        (ticket, how) for how in Standing.values for ticket in Ticket.objects.standing(how, at=now)
    }


def standing_by_the_clock(now):
    """The same from the function of which the columns are an index."""
    under_promise = list(Ticket.objects.exclude(sla_policy=None))
    found = set()
    for ticket, reading in read_clocks(under_promise, now=now, book=RuleBook.whole()):
        told = reading.reckoning
        resolution, response = standing_of(told.resolution, now), standing_of(told.response, now)
        if response == "paused":  # one word for both: they rest together
            resolution, response = resolution or response, None
        found |= {(ticket, resolution)} if resolution else set()
        found |= {(ticket, f"response_{response}")} if response else set()
    return found


def standing_of(measure, now):
    """In one word; none while all goes well."""
    if measure is None or measure.state == "void":
        return None
    if measure.state == "running":
        return "at_risk" if measure.warns and measure.warns <= now else None
    if measure.state == "met" and measure.due is None:
        return None  # it ended while the clock rested
    return str(measure.state)


@pytest.mark.parametrize("seed", range(6))
def test_what_is_kept_is_what_the_clock_says(ann, ben, office, promise, seed):
    for installed in Policy.objects.filter(applies_to="ticket"):
        change(installed, actor=None, is_active=False)
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
            assert standing_in_lists(now) == standing_by_the_clock(now)

    said = Event.objects.filter(action__in=ALARM_NAMES).values_list("subject_id", "action")
    assert max(Counter(said).values(), default=0) <= 1
