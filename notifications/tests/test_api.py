"""Reading what one hears of, and choosing how one does."""

from __future__ import annotations

import pytest

from core.lifecycle import create, perform
from core.models import Event
from discussion.models import Comment
from notifications.inbox import tell
from notifications.models import Notification
from tickets.models import Ticket
from workflows.models import Member, Project

INBOX, UNREAD, READ = (f"/api/notifications/{way}" for way in ("", "unread/", "read/"))
PREFERENCES = "/api/notifications/preferences/"


@pytest.fixture
def triaged(ann, ben):
    ticket = create(Ticket(title="The lamp is dark"), actor=ann)
    perform(ticket, "triage", actor=ben, priority="high")
    return ticket


@pytest.fixture
def tell_all(db):
    return lambda: tell(list(Event.objects.order_by("pk")))


def test_one_reads_what_happened(as_, ann, ben, zoe, triaged, tell_all):
    tell_all()

    (row,) = as_(ann).get(INBOX).json()["results"]

    assert row["item"] == {
        "id": triaged.pk,
        "reference": f"TCK-{triaged.pk}",
        "title": "The lamp is dark",
    }
    assert (row["topic"], row["action"], row["read_at"]) == ("progress", "triage", None)
    assert row["actor"] == {"id": ben.pk, "name": "Ben"}
    assert row["text"] == "Ben: Triage, from new to triaged."
    assert as_(zoe).get(INBOX).json()["results"] == []


def test_read_once_and_for_all(as_, ann, ben, triaged, tell_all):
    perform(triaged, "assign", actor=ben, assignee=ben)
    tell_all()
    client = as_(ann)
    newest, oldest = (row["id"] for row in client.get(INBOX).json()["results"])
    assert client.get(UNREAD).json() == {"unread": 2}

    read = client.post(f"{INBOX}{oldest}/read/").json()["read_at"]

    assert client.post(f"{INBOX}{oldest}/read/").json()["read_at"] == read
    unread = client.get(f"{INBOX}?unread=true&include=count").json()
    assert (unread["count"], [row["id"] for row in unread["results"]]) == (1, [newest])
    assert client.post(READ, {"up_to": oldest}, format="json").json() == {"unread": 1}
    assert client.post(READ, {"item": "TCK-999"}, format="json").json() == {"unread": 1}
    assert client.post(READ, {"item": str(triaged)}, format="json").json() == {"unread": 0}


def test_nobody_reads_for_somebody_else(as_, ann, zoe, triaged, tell_all):
    tell_all()
    row = Notification.objects.get(person=ann)

    assert as_(zoe).post(f"{INBOX}{row.pk}/read/").status_code == 404
    as_(zoe).post(READ)
    assert as_(ann).get(UNREAD).json() == {"unread": 1}


def test_what_one_sees_no_more_is_not_shown(as_, ann, zoe, tell_all):
    project = create(Project(name="A secret"), actor=ann)
    member = create(Member(project=project, person=zoe, role="editor"), actor=ann)
    tell_all()
    assert as_(zoe).get(UNREAD).json() == {"unread": 1}

    member.delete(actor=ann)

    assert as_(zoe).get(UNREAD).json() == {"unread": 0}
    assert as_(zoe).get(INBOX).json()["results"] == []


def test_who_is_no_agent_any_more_sees_nothing_of_what_is_among_agents(
    as_, ada, ann, ben, triaged, tell_all
):
    perform(triaged, "assign", actor=ada, assignee=ben)
    create(Comment(body="Hm.", is_internal=True).attach_to(triaged), actor=ada)
    tell_all()
    assert "commented" in {row["topic"] for row in as_(ben).get(INBOX).json()["results"]}

    ben.role = "requester"
    ben.save(actor=ada)

    assert as_(ben).get(INBOX).json()["results"] == []


@pytest.mark.parametrize(
    ("address", "field"),
    [
        (f"{INBOX}?unread=yes", "unread"),
        (f"{INBOX}?item=42", "item"),
        (f"{INBOX}?topic=gossip", "topic"),
        (f"{INBOX}?person=1", "person"),
        (f"{UNREAD}?unread=true", "unread"),
        (f"{PREFERENCES}?x=1", "x"),
    ],
)
def test_unknown_questions_are_refused(as_, ann, address, field):
    answer = as_(ann).get(address)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == field


def test_pages_cost_the_same_with_many_rows(as_, ann, ben, tell_all, django_assert_num_queries):
    for n in range(12):
        ticket = create(Ticket(title=f"Lamp {n}"), actor=ann)
        perform(ticket, "triage", actor=ben, priority="low")
    tell_all()
    client = as_(ann)

    with django_assert_num_queries(2):
        assert len(client.get(INBOX).json()["results"]) == 12
    with django_assert_num_queries(2):
        client.get(UNREAD)


def test_preferences_begin_as_usual_and_keep_what_was_chosen(as_, ann):
    client = as_(ann)
    usual = client.get(PREFERENCES).json()
    assert usual["topics"]["approval"] == {"in_app": True, "mail": "immediate"}
    assert usual["topics"]["progress"] == {"in_app": True, "mail": "off"}
    assert (usual["time_zone"], usual["digest_at"], usual["quiet_from"]) == ("", "08:00", None)

    chosen = {
        "time_zone": "Europe/London",
        "quiet_from": "20:00",
        "quiet_until": "07:00",
        "topics": {"progress": {"mail": "daily"}},
    }
    assert client.patch(PREFERENCES, chosen, format="json").status_code == 200

    kept = client.get(PREFERENCES).json()
    assert kept["topics"]["progress"] == {"in_app": True, "mail": "daily"}
    assert (kept["time_zone"], kept["quiet_from"]) == ("Europe/London", "20:00")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"time_zone": "Europe/Atlantis"}, "time_zone"),
        ({"time_zone": None}, "time_zone"),
        ({"digest_at": "25:00"}, "digest_at"),
        ({"quiet_from": "20:00"}, "quiet_until"),
        ({"quiet_from": "20:00", "quiet_until": "20:00"}, "quiet_until"),
        ({"topics": {"gossip": {"mail": "off"}}}, "topics.gossip"),
        ({"topics": {"progress": {"mail": "never"}}}, "topics.progress.mail"),
        ({"topics": {"progress": {"in_app": None}}}, "topics.progress.in_app"),
        ({"topics": []}, "topics"),
        ({"ticket_address": "x@y.example"}, "ticket_address"),
    ],
)
def test_what_nobody_can_choose_is_refused(as_, ann, body, field):
    answer = as_(ann).patch(PREFERENCES, body, format="json")

    assert answer.status_code == 400, answer.content
    assert answer.json()["errors"][0]["field"].startswith(field.split(".")[0])


def test_signed_out_one_hears_nothing(as_):
    assert as_(None).get(INBOX).status_code == 401
    assert as_(None).get(PREFERENCES).status_code == 401
