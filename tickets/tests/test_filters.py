"""Narrowing and sorting the queues."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import Team
from core import clock
from core.lifecycle import change, create, mark, perform
from tickets.models import Tag, Ticket
from tickets.tests.making import ordered, report, through

CATEGORIES = Ticket._meta.get_field("category").related_model
MONDAY = datetime(2026, 11, 16, 9, tzinfo=UTC)


@pytest.fixture
def titles(as_):
    """`titles(ben, "tickets", status="new")`: what this person finds, newest first."""

    def find(person, kind, **parameters):
        answer = as_(person).get(f"/api/{kind}/", parameters)
        assert answer.status_code == 200, answer.content
        return [row["title"] for row in answer.json()["results"]]

    return find


@pytest.fixture
def team():
    return create(Team(name="Night shift"), actor=None)


@pytest.fixture
def week(ann, zoe, ben, carl, team):
    """One ticket a day, by two people, in different states."""
    for slug in ("vpn", "laptop"):
        create(Tag(slug=slug), actor=ben)
    made = {}
    for day, (who, title, fields) in enumerate(
        [
            (ann, "Lamp", {"category": CATEGORIES.objects.get(slug="facilities")}),
            (zoe, "Tunnel", {"description": "It lets nobody in."}),
            (ann, "Laptop", {}),
            (zoe, "Door", {}),
        ]
    ):
        with clock.at(MONDAY + timedelta(days=day)):
            made[title] = report(who, title=title, **fields)
    made["Tunnel"] = change(made["Tunnel"], actor=ben, tags=["vpn"])
    made["Laptop"] = change(made["Laptop"], actor=ben, tags=["vpn", "laptop"])
    made["Tunnel"] = through(
        made["Tunnel"], (ben, "triage", {"priority": "urgent", "team": team}), (ben, "start")
    )
    made["Laptop"] = perform(made["Laptop"], "triage", actor=ben, priority="low")
    made["Door"] = perform(made["Door"], "merge", actor=ben, merged_into=made["Lamp"])
    return made


def test_tickets_by_what_they_are(week, titles, ben, departments):
    lamp = week["Lamp"]
    assert titles(ben, "tickets") == ["Door", "Laptop", "Tunnel", "Lamp"]
    assert titles(ben, "tickets", status=["in_progress", "triaged"]) == ["Laptop", "Tunnel"]
    assert titles(ben, "tickets", priority="urgent") == ["Tunnel"]
    assert titles(ben, "tickets", department=departments["legal"].pk) == ["Door", "Tunnel"]
    assert titles(ben, "tickets", category=lamp.category_id) == ["Lamp"]
    assert titles(ben, "tickets", merged="true") == ["Door"]
    assert titles(ben, "tickets", merged="false") == ["Laptop", "Tunnel", "Lamp"]


def test_tickets_by_tags(week, titles, ben):
    assert titles(ben, "tickets", tag="vpn") == ["Laptop", "Tunnel"]
    assert titles(ben, "tickets", tag="laptop") == ["Laptop"]
    assert titles(ben, "tickets", tag=["laptop", "vpn"]) == ["Laptop", "Tunnel"]
    assert titles(ben, "tickets", tag="lap") == []


def test_tickets_by_who(week, titles, ben, ann, zoe, carl, team):
    assert titles(ben, "tickets", requester=ann.pk) == ["Laptop", "Lamp"]
    assert titles(zoe, "tickets", requester="me") == ["Door", "Tunnel"]
    assert titles(ben, "tickets", assignee="me") == ["Tunnel"]
    assert titles(ben, "tickets", assignee="none") == ["Door", "Laptop", "Lamp"]
    assert titles(carl, "tickets", assignee=ben.pk, team=team.pk) == ["Tunnel"]
    assert titles(ann, "tickets", requester=zoe.pk) == []


def test_tickets_by_when(week, titles, ben):
    assert titles(ben, "tickets", created_after="2026-11-18T09:00:00Z") == ["Door", "Laptop"]
    assert titles(ben, "tickets", created_before="2026-11-17") == ["Lamp"]


def test_tickets_by_what_is_late(week, titles, ben):
    mark(week["Lamp"], "promised", due_at=MONDAY)
    mark(week["Laptop"], "promised", due_at=clock.now() + timedelta(days=1))
    for title in ("Tunnel", "Door"):
        mark(week[title], "promised", due_at=None)
    mark(week["Tunnel"], "warned", escalation="warned")

    assert titles(ben, "tickets", overdue="true") == ["Lamp"]
    assert titles(ben, "tickets", overdue="false") == ["Door", "Laptop", "Tunnel"]
    assert titles(ben, "tickets", due_before="2026-11-17") == ["Lamp"]
    assert titles(ben, "tickets", ordering="due_at")[:2] == ["Lamp", "Laptop"]
    assert titles(ben, "tickets", ordering="-due_at")[:2] == ["Laptop", "Lamp"]
    assert titles(ben, "tickets", escalation="warned") == ["Tunnel"]
    assert titles(ben, "tickets", escalation=["warned", "breached"]) == ["Tunnel"]


def test_what_is_merged_is_late_nowhere(week, titles, ben):
    mark(week["Door"], "promised", due_at=MONDAY)

    assert "Door" not in titles(ben, "tickets", overdue="true")


def test_tickets_for_which_somebody_has_to_go_there(week, titles, ben):
    ordered(ben, ticket=week["Laptop"])
    perform(ordered(ben, ticket=week["Lamp"]), "cancel", actor=ben, reason="Not needed.")

    assert titles(ben, "tickets", has_open_work_orders="true") == ["Laptop"]
    assert titles(ben, "tickets", has_open_work_orders="false") == ["Door", "Tunnel", "Lamp"]


def test_tickets_by_words_and_reference(week, titles, ben, zoe):
    assert titles(ben, "tickets", search="nobody in") == ["Tunnel"]
    assert titles(ben, "tickets", search=str(week["Lamp"])) == ["Lamp"]
    assert titles(zoe, "tickets", search=str(week["Lamp"])) == []


def test_tickets_sorted_by_how_much_they_press(week, titles, ben):
    assert titles(ben, "tickets", ordering="-priority")[0] == "Tunnel"
    assert titles(ben, "tickets", ordering="priority")[0] == "Laptop"


@pytest.fixture
def visits(ann, ben, carl):
    """Work orders of a day, at two sites."""
    made = {}
    for number, (title, parent, site) in enumerate(
        [
            ("Motor", {"ticket": report(ann)}, "Harbour office"),
            ("Cable", {"ticket": report(ann)}, "Lighthouse"),
            ("Paint", {}, "Harbour shed"),
        ]
    ):
        begins = MONDAY + timedelta(hours=3 * number)
        window = {"scheduled_start": begins, "scheduled_end": begins + timedelta(hours=2)}
        work_order = ordered(ben, title=title, **parent)
        made[title] = perform(work_order, "schedule", actor=ben, site=site, **window)
    made["Cable"] = perform(made["Cable"], "dispatch", actor=ben, assignee=carl)
    made["Draft"] = ordered(ben, title="Draft")
    return made


def test_work_orders_by_what_they_are(visits, titles, ben, ann):
    kind = "work-orders"
    motor, cable = visits["Motor"], visits["Cable"]
    assert titles(ben, kind, status="scheduled") == ["Paint", "Motor"]
    assert titles(ben, kind, ticket=str(motor.ticket)) == ["Motor"]
    assert titles(ben, kind, ticket=cable.ticket.pk) == ["Cable"]
    assert titles(ann, kind) == ["Cable", "Motor"]


def test_work_orders_by_who_and_where(visits, titles, ben, carl):
    kind = "work-orders"
    assert titles(carl, kind, assignee="me") == ["Cable"]
    assert titles(ben, kind, assignee="none", site="harbour") == ["Paint", "Motor"]
    assert titles(ben, kind, site=str(visits["Draft"])) == []
    assert titles(ben, kind, search="lighthouse") == ["Cable"]
    assert titles(ben, kind, search=str(visits["Draft"])) == ["Draft"]


def test_work_orders_by_when(visits, titles, ben):
    kind = "work-orders"
    assert titles(ben, kind, scheduled_after="2026-11-16T12:00:00Z") == ["Paint", "Cable"]
    assert titles(ben, kind, scheduled_before="2026-11-16T12:00:00Z") == ["Motor"]
    ascending = titles(ben, kind, ordering="scheduled_start")
    assert ascending == ["Motor", "Cable", "Paint", "Draft"]
    assert titles(ben, kind, ordering="-scheduled_end") == ["Paint", "Cable", "Motor", "Draft"]


def test_work_orders_that_are_late(visits, titles, ben):
    perform(visits["Motor"], "cancel", actor=ben, reason="Not needed.")
    later = clock.now() + timedelta(days=1)
    window = {"scheduled_start": later, "scheduled_end": later + timedelta(hours=1)}
    perform(visits["Paint"], "reschedule", actor=ben, **window)

    assert titles(ben, "work-orders", overdue="true") == ["Cable"]


@pytest.mark.parametrize(
    ("kind", "parameters"),
    [
        ("tickets", {"colour": "red"}),
        ("tickets", {"status": "lost"}),
        ("tickets", {"tag": "two words"}),
        ("tickets", {"tag": ""}),
        ("tickets", {"escalation": "loud"}),
        ("tickets", {"merged": "maybe"}),
        ("tickets", {"team": "me"}),
        ("work-orders", {"ticket": "REQ-1"}),
        ("work-orders", {"scheduled_after": "today"}),
        ("work-orders", {"ordering": "title"}),
    ],
)
def test_nothing_is_silently_ignored(as_, ben, kind, parameters):
    refused = as_(ben).get(f"/api/{kind}/", parameters)

    assert refused.status_code == 400
    assert refused.json()["errors"][0]["field"] in parameters
