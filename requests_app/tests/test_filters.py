"""Narrowing and sorting lists of requests."""

from datetime import UTC, datetime, timedelta

import pytest

from core import clock
from requests_app.tests.making import a_type, ask, through

URL = "/api/requests/"
MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)


@pytest.fixture
def titles(as_):
    """`titles(ben, status="pending")`: what this person finds, newest first."""

    def find(person, **parameters):
        answer = as_(person).get(URL, parameters)
        assert answer.status_code == 200, answer.content
        return [row["title"] for row in answer.json()["results"]]

    return find


@pytest.fixture
def week(ann, zoe, mia, ben):
    """One request a day, by two people, in different states."""
    made = {}
    for day, (who, title, fields) in enumerate(
        [
            (ann, "Lamp", {"priority": "low"}),
            (zoe, "Desk", {"priority": "urgent", "description": "Goes up and down."}),
            (ann, "Chair", {"request_type": a_type(1, category="Furniture")}),
            (zoe, "Screen", {"approvals": 0}),
        ]
    ):
        with clock.at(MONDAY + timedelta(days=day)):
            made[title] = ask(who, title=title, **fields)
    with clock.at(MONDAY + timedelta(days=2, hours=2)):
        made["Desk"] = through(made["Desk"], (mia, "approve"), (ben, "start"))
        made["Chair"] = through(made["Chair"], (mia, "deny", {"reason": "No."}))
    return made


def test_by_what_it_is(week, titles, ben, ann, departments):
    assert titles(ben) == ["Screen", "Chair", "Desk", "Lamp"]
    assert titles(ben, status=["pending", "denied"]) == ["Chair", "Lamp"]
    assert titles(ben, priority="urgent") == ["Desk"]
    assert titles(ben, department=departments["legal"].pk) == ["Screen", "Desk"]
    assert titles(ben, category=week["Chair"].request_type.category_id) == ["Chair"]
    assert titles(ben, request_type=week["Lamp"].request_type_id) == ["Desk", "Lamp"]


def test_by_who(week, titles, ben, ann, zoe, mia):
    assert titles(ben, requester=ann.pk) == ["Chair", "Lamp"]
    assert titles(zoe, requester="me") == ["Screen", "Desk"]
    assert titles(ben, assignee="me") == ["Desk"]
    assert titles(ben, assignee="none") == ["Screen", "Chair", "Lamp"]
    assert titles(ann, requester=zoe.pk) == []


def test_by_when(week, titles, ben):
    assert titles(ben, created_after="2026-11-18T09:00:00Z") == ["Screen", "Chair"]
    assert titles(ben, created_before="2026-11-17") == ["Lamp"]
    assert titles(ben, decided_after="2026-11-18", decided_before="2026-11-19") == ["Chair", "Desk"]
    assert titles(ben, approved="true") == ["Screen", "Desk"]
    assert titles(ben, approved="false") == ["Chair", "Lamp"]


def test_by_what_is_late(titles, ann, ben, mia):
    now = clock.now()
    with clock.at(now - timedelta(days=20)):
        ask(ann, title="Late")
        through(ask(ann, title="Ended"), (ann, "cancel"))
    ask(ann, title="Fresh")

    assert titles(ben, overdue="true") == ["Late"]
    assert titles(ben, overdue="false") == ["Fresh", "Ended"]
    assert titles(ben, due_before=clock.timestamp(now)) == ["Late"]


def test_by_what_waits_for_me(week, titles, mia, ann, ada):
    assert titles(mia, waiting_for_me="true") == ["Lamp"]
    assert titles(ada, waiting_for_me="true") == ["Lamp"]
    assert titles(ann, waiting_for_me="true") == []
    ask(mia, title="Mine")
    assert titles(mia, waiting_for_me="true") == ["Lamp"]


def test_what_one_has_decided_does_not_wait(titles, ann, mia, tom):
    through(ask(ann, title="Both", approvals=2), (mia, "approve"))

    assert titles(mia, waiting_for_me="true") == []
    assert titles(tom, waiting_for_me="true") == ["Both"]


def test_by_words_and_reference(week, titles, ben, zoe):
    assert titles(ben, search="up down") == ["Desk"]
    assert titles(ben, search=week["Lamp"].reference) == ["Lamp"]
    assert titles(zoe, search=week["Lamp"].reference) == []


def test_sorted(week, titles, ben):
    assert titles(ben, ordering="-priority")[0] == "Desk"
    assert titles(ben, ordering="priority")[0] == "Lamp"
    assert titles(ben, ordering="created_at")[0] == "Lamp"
    assert titles(ben, ordering="due_at")[0] == "Lamp"


@pytest.mark.parametrize(
    "parameters",
    [
        {"colour": "red"},
        {"status": "lost"},
        {"priority": ""},
        {"assignee": "somebody"},
        {"overdue": "maybe"},
        {"created_after": "yesterday"},
        {"ordering": "title"},
    ],
)
def test_nothing_is_silently_ignored(as_, ben, parameters):
    refused = as_(ben).get(URL, parameters)

    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"] in parameters
