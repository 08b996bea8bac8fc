"""Two worlds that differ only in what ann's household did: zoe is told the same in both, byte for byte.

Her rows come first, so that ids are the same in both. She also asks for the ids that ann's rows will
have: they are absent in one world and foreign in the other. `ISOLATION_EXAMPLES=100` lives more lives.
"""

import os
from dataclasses import replace
from datetime import timedelta
from types import SimpleNamespace
from zlib import crc32

import pytest
from django.db import models, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.models import Department, Session
from core import clock
from core.errors import Refused
from core.lifecycle import available, change, create, declared, offered, perform, remove
from core.registry import lifecycles
from discussion.models import Comment
from files.models import File
from files.reception import take_in
from files.upkeep import examine
from jobs.models import Job
from notifications.models import WebhookEndpoint
from notifications.outbox import tell_untold
from requests_app.models import ServiceRequest
from tests.bells.models import Bell
from tests.conformance.calls import inputs, sees
from tests.conformance.examples import EXAMPLES, example_of
from tests.isolation.world import client_of, everybody, zoes
from tests.lamps.models import Lamp
from tests.two_worlds.reading import addresses
from tickets.models import ChecklistItem, Link, Ticket, WorkOrder
from workflows.models import (
    ChecklistStep,
    Dependency,
    Invitation,
    Member,
    Project,
    Task,
    Workflow,
    WorkflowTemplate,
)

LIVES = int(os.environ.get("ISOLATION_EXAMPLES", "1"))

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300 * LIVES)]

PARTS = 3
"""Into which what there is to read is divided. After each life zoe reads half of a part again."""

SAME_REQUEST = {"X-Request-ID": "the-same"}
MADE = [
    Project,
    Member,
    Invitation,
    Workflow,
    WorkflowTemplate,
    Task,
    Dependency,
    ChecklistStep,
    Ticket,
    ServiceRequest,
    WorkOrder,
    ChecklistItem,
    Link,
    Lamp,
    Bell,
    Comment,
    File,
    Job,
    WebhookEndpoint,
]
"""What ann's household has that zoe must not see: nothing here comes with what everybody sees."""

DEEDS = st.one_of(
    st.tuples(st.just("make"), st.sampled_from(MADE), st.integers(0, 9)),
    st.tuples(
        st.sampled_from(["edit", "move", "move", "talk", "show", "scan", "remove"]),
        st.none(),
        st.integers(0, 99),
    ),
)


@pytest.fixture(scope="module")
def before(django_db_setup, django_db_blocker):
    """One world: zoe has what she has, and is told about it. Ann has nothing yet."""
    with django_db_blocker.unblock(), transaction.atomic():
        departments = {each.slug: each for each in Department.objects.all()}
        now = clock.now()
        with clock.at(now - timedelta(hours=1)):
            people, vic, _ = everybody(departments)
            rows = dict(zoes(people, vic, departments["legal"]))
            examine(rows[File])
            tell_untold()
            given = {
                (model, name): inputs(model, name, people)
                for model in set(MADE) & set(lifecycles())
                for name in offered(model)
            }
        urls = addresses(
            {model: keys_of(model, row) for model, row in rows.items()}, words=["ann", "box"]
        )
        world = SimpleNamespace(people=people, given=given, now=now, client=client_of(people.zoe))
        world.answers = {url: told(world, url) for url in urls}
        yield world
        transaction.set_rollback(True)


def keys_of(model, row):
    """Zoe's, and the next that there will be."""
    if model is Session or not isinstance(row.pk, int):
        return [row.pk]
    newest = models.QuerySet(model).aggregate(newest=models.Max("pk"))["newest"]
    return [row.pk, newest + 1]


def told(world, url):
    with clock.at(world.now), transaction.atomic():
        answer = world.client.get(url, headers=SAME_REQUEST)
        heard = answer.status_code, dict(answer.headers), b"".join(answer)
        transaction.set_rollback(True)  # a download is noted in the history
    return heard


class Household:
    """Ann and those around her, doing one thing after another; what is refused does not happen."""

    def __init__(self, world):
        self.people, self.given, self.rows = replace(world.people, standing={}), world.given, []

    def does(self, deed, model, number):
        try:
            with transaction.atomic():
                getattr(self, deed)(model, number)
        except Refused:
            pass

    def make(self, model, number):
        for _ in range(1 + number % 2):
            self.rows.append(example_of(model).make(self.people))

    def edit(self, _, number):
        if row := self._one(number):
            change(row, actor=self._whoever(row, number), **EXAMPLES[type(row)].edit)

    def move(self, _, number):
        row = self._one(number)
        who = row and self._whoever(row, number)
        if row and (names := sorted(available(row, who) if type(row) in lifecycles() else ())):
            name = names[number % len(names)]
            asked = {
                each: self.given[type(row), name][each] for each in declared(type(row))[name].inputs
            }
            perform(row, name, actor=who, **asked)

    def talk(self, _, number):
        row = self._one(number)
        if isinstance(row, Task | Project | Ticket | Lamp):
            said = Comment(body=f"It flickers, @ben, @zoe, {number}.").attach_to(row)
            create(said, actor=self._whoever(row, number))

    def show(self, _, number):
        row = self._one(number)
        if isinstance(row, Task | Project | Ticket | Lamp):
            who = self._whoever(row, number)
            self.rows.append(take_in("note.txt", [b"It flickers."], actor=who, item=row))

    def scan(self, _, number):
        if isinstance(row := self._one(number), File):
            examine(row)

    def remove(self, _, number):
        if isinstance(
            row := self._one(number), Dependency | ChecklistStep | Member | WebhookEndpoint
        ):
            remove(row, actor=self._whoever(row, number))

    def _one(self, number):
        rows = [type(row).objects.for_display().filter(pk=row.pk).first() for row in self.rows]
        rows = [row for row in rows if row]
        return rows[number % len(rows)] if rows else None

    def _whoever(self, row, number):
        seeing = [each for each in self.people if each != self.people.zoe and sees(each, row)]
        return seeing[number % len(seeing)]


@pytest.mark.parametrize("part", range(PARTS))
@settings(
    max_examples=LIVES,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # each example is worth a whole reading
    suppress_health_check=list(HealthCheck),
)
@pytest.mark.once
@given(deeds=st.lists(DEEDS, min_size=12, max_size=30))
def test_zoe_is_told_the_same_in_both_worlds(before, part, deeds):
    with transaction.atomic():
        household = Household(before)
        with clock.at(before.now - timedelta(minutes=1)):
            for deed in [*(("make", model, 1) for model in MADE), *deeds]:
                household.does(*deed)
            tell_untold()

        half = crc32(repr(deeds).encode()) % 2
        asked = list(before.answers)[part::PARTS][half::2]
        different = [url for url in asked if told(before, url) != before.answers[url]]
        transaction.set_rollback(True)

    assert len(household.rows) > len(MADE)
    assert different == []
