"""Policies: which one wins, what is refused, and what a version keeps."""

import pytest

from accounts.models import Department
from core.errors import InvalidInput, NotPermitted
from core.lifecycle import change, create
from sla.matching import ServiceFacts
from sla.models import Policy
from sla.tests.promising import a_promise, around_the_clock

SLUGS = ("corporate", "legal")


@pytest.fixture
def corporate(departments):
    return departments["corporate"]


def winner(**facts):
    known = ServiceFacts(**{"priority": "medium"} | facts)
    return Policy.objects.fitting("ticket", known).first()


def test_the_first_that_fits_wins(departments, corporate):
    of_all = a_promise(name="All", position=3)
    of_corporate = a_promise(name="Corporate", position=2, department=corporate)
    urgent = a_promise(name="Urgent", position=1, priority="urgent")

    assert winner() == of_all
    assert winner(department=corporate.pk) == of_corporate
    assert winner(department=departments["legal"].pk) == of_all
    assert winner(department=corporate.pk, priority="urgent") == urgent


def test_of_equals_the_older_one_wins(db):
    older, _ = a_promise(name="Older"), a_promise(name="Newer")

    assert winner() == older


def test_what_is_not_in_use_wins_nothing(ada, db):
    policy = a_promise(name="Old habits")
    change(policy, actor=ada, is_active=False)

    assert winner() != policy


def test_a_condition_that_the_item_does_not_meet_excludes(corporate):
    a_promise(name="Corporate", department=corporate)

    assert winner(department=None).name == "Medium tickets"


def test_requests_and_tickets_are_promised_apart(db):
    a_promise("request", name="Requests")

    assert winner().name == "Medium tickets"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"resolution_minutes": None}, "resolution_minutes"),
        ({"resolution_minutes": 0}, "resolution_minutes"),
        ({"response_minutes": 525_601}, "response_minutes"),
        ({"waits_in": "new"}, "waits_in"),
        ({"waits_in": [1]}, "waits_in"),
        ({"waits_in": ["asleep"]}, "waits_in"),
        ({"waits_in": ["resolved"]}, "waits_in"),
        ({"waits_in": ["cancelled"]}, "waits_in"),
    ],
    ids=str,
)
def test_what_promises_nothing_or_never_goes_on_is_refused(ada, db, fields, field):
    policy = a_promise()

    with pytest.raises(InvalidInput) as refused:
        change(policy, actor=ada, **fields)
    assert [error.field for error in refused.value.errors] == [field]
    values = {"applies_to": "ticket", "calendar": around_the_clock(), "resolution_minutes": 60}
    with pytest.raises(InvalidInput):
        create(Policy(name="Another", **values | fields), actor=ada)


def test_to_what_it_applies_is_settled(ada, db):
    with pytest.raises(InvalidInput, match="settled"):
        change(a_promise(), actor=ada, applies_to="request")


def test_only_admins_promise(ben, db):
    with pytest.raises(NotPermitted):
        change(a_promise(), actor=ben, resolution_minutes=1)


def test_a_version_keeps_what_was_promised(ada, db):
    policy = a_promise(hours=8)

    change(policy, actor=ada, position=5, is_active=False, name="Eight hours")
    change(policy, actor=ada, resolution_minutes=600, waits_in=["blocked"])

    kept = policy.versions.order_by("number").values_list(
        "number", "resolution_minutes", "waits_in"
    )
    assert list(kept) == [(1, 480, None), (2, 600, ["blocked"])]


def test_a_new_installation_promises_by_priority(db):
    kept = Policy.objects.filter(applies_to="ticket").order_by("position")

    assert [
        (each.priority, each.response_minutes, each.resolution_minutes, each.calendar.name)
        for each in kept
    ] == [
        ("urgent", 60, 480, "Around the clock"),
        ("high", 240, 960, "Office hours"),
        ("medium", 480, 2_400, "Office hours"),
        ("low", 960, 4_800, "Office hours"),
    ]
    assert all(policy.versions.count() == 1 for policy in kept)
    assert Department.objects.exists()
