"""Tickets and work orders from a terminal."""

import csv
import io
import json
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import Team
from core import clock
from core.lifecycle import create, perform
from core.models import Event
from tickets.models import Tag, Ticket
from tickets.tasks import close_resolved
from tickets.tests.making import ordered, report, resolved, through

URGENT = {"priority": "urgent"}


@pytest.fixture
def say(capsys):
    """`say("list_tickets", "--limit", "1")`: what a command prints."""

    def run(*words):
        call_command(*words)
        return capsys.readouterr().out

    return run


@pytest.fixture
def network(ada):
    return create(Team(name="Network"), actor=ada)


def ago(**length):
    return clock.at(clock.now() - timedelta(**length))


def test_the_queue_in_a_table(say, ann, ben, network):
    through(report(ann, title="Wifi"), (ben, "triage", {"priority": "high", "team": network}))
    report(ann, title="Door")

    assert [line.split()[-1] for line in say("list_tickets").splitlines()[1:3]] == ["Door", "Wifi"]
    assert "Door" not in say("list_tickets", "--team", "network")
    assert "Wifi" not in say("list_tickets", "--status", "new", "--priority", "medium")
    assert "1 shown." in say("list_tickets", "--limit", "1")


def test_the_queue_for_programs(say, ann, ben):
    through(report(ann, title="Wifi"), (ben, "triage", URGENT), (ben, "start"))
    report(ann, title="Door")

    [mine] = json.loads(say("list_tickets", "--assignee", ben.email.upper(), "--format", "json"))
    [free] = json.loads(say("list_tickets", "--assignee", "none", "--format", "json"))

    assert (mine["title"], mine["status"], mine["assignee"]) == ("Wifi", "in_progress", "Ben")
    assert (free["title"], free["team"], free["due"][-1]) == ("Door", "", "Z")


def test_late_ones(say, ann):
    with ago(days=60):
        report(ann, title="Forgotten")
    report(ann, title="Fresh")

    assert "Forgotten" in say("list_tickets", "--overdue")
    assert "Fresh" not in say("list_tickets", "--overdue")


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--team", "Kitchen"], "There is no team Kitchen. There are: Network."),
        (["--assignee", "x@y.example"], "nobody with the e-mail"),
        (["--limit", "-1"], "0 or more"),
    ],
)
def test_a_wrong_name_is_said_politely(network, words, sentence):
    with pytest.raises(CommandError, match=sentence):
        call_command("list_tickets", *words)


def test_an_export_holds_what_was_asked_for(say, ann, ben, ada, network, tmp_path):
    create(Tag(slug="vpn"), actor=ada)
    ticket = create(Ticket(title="=1+1", tags=["vpn"], requester=ann), actor=ben)
    through(ticket, (ben, "triage", {"priority": "high", "team": network}))
    report(ann, title="Door")

    [row] = csv.DictReader(io.StringIO(say("export_tickets", "--team", "Network")))
    assert (row["title"], row["tags"], row["team"]) == ("'=1+1", "vpn", "Network")
    assert (row["requester"], row["assignee"], row["status"]) == ("Ann", "", "triaged")

    file = tmp_path / "tickets.csv"
    say("export_tickets", "--output", str(file))
    assert len(file.read_text().splitlines()) == 3


def test_unfinished_tickets_go_to_somebody_else(say, ann, ben, ada, carl):
    running = through(report(ann), (ben, "triage", URGENT), (ben, "start"))
    done = resolved(report(ann), ben)
    words = ("reassign_tickets", "--from", ben.email, "--to", carl.email, "--as", ada.email)

    assert f"{running}: would go to Carl" in say(*words, "--dry-run")
    running.refresh_from_db()
    assert running.assignee == ben

    assert f"{running}: now with Carl" in say(*words, "--note", "Ben is ill.")
    for ticket, who in ((running, carl), (done, ben)):
        ticket.refresh_from_db()
        assert ticket.assignee == who
    last = Event.of(running).last()
    assert (last.action, last.actor, last.note) == ("assign", ada, "Ben is ill.")
    assert "0 tickets" in say(*words)


def test_work_orders_and_what_is_merged_stay_where_they_are(say, ann, ben, carl):
    survivor = through(report(ann), (ben, "triage", URGENT), (ben, "start"))
    duplicate = through(report(ann), (ben, "assign", {"assignee": ben}))
    perform(duplicate, "merge", actor=ben, merged_into=survivor)
    order = through(ordered(ben), (ben, "dispatch", {"assignee": ben}))

    say("reassign_tickets", "--from", ben.email, "--to", carl.email)

    for item, who in ((survivor, carl), (duplicate, ben), (order, ben)):
        item.refresh_from_db()
        assert item.assignee == who


def test_tickets_go_to_active_agents_only_and_not_in_a_circle(ann, ben):
    with pytest.raises(CommandError, match="no active agent"):
        call_command("reassign_tickets", "--from", ben.email, "--to", ann.email)
    with pytest.raises(CommandError, match="have it already"):
        call_command("reassign_tickets", "--from", ben.email, "--to", ben.email.upper())


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_who_may_not_reassign_is_refused_each_time(ann, ben, carl, dry):
    through(report(ann), (ben, "triage", URGENT), (ben, "start"))
    words = ["--from", ben.email, "--to", carl.email, "--as", ann.email, *dry]

    with pytest.raises(CommandError, match="1 of 1 were refused"):
        call_command("reassign_tickets", *words)


def test_what_was_left_alone_is_closed(say, ann, ben):
    with ago(days=15):
        old = resolved(report(ann), ben)
    with ago(hours=30):
        young = resolved(report(ann), ben)
    words = ("close_resolved", "--after")

    assert f"{old}: would be closed" in say(*words, "14d", "--dry-run")
    assert "1 tickets closed" in say(*words, "14d")
    assert "0 tickets closed" in say(*words, "14d")
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.status, young.status) == ("closed", "resolved")
    assert Event.of(old).last().note == "Closed by command."

    assert f"{young}: closed" in say(*words, "1800m")


def test_a_reopened_ticket_starts_anew(say, ann, ben):
    with ago(days=20):
        ticket = resolved(report(ann), ben)
    with ago(days=2):
        ticket = perform(ticket, "reopen", actor=ann, reason="Dark again.")
        ticket = perform(ticket, "resolve", actor=ben, resolution="Changed the lamp.")

    assert "0 tickets closed" in say("close_resolved", "--after", "14d")


def test_what_is_merged_is_closed_with_its_survivor(say, ann, ben):
    with ago(days=15):
        survivor, duplicate = report(ann), report(ann)
        perform(duplicate, "merge", actor=ben, merged_into=survivor)
        resolved(survivor, ben)

    assert say("close_resolved", "--after", "14d").splitlines() == [
        f"{survivor}: closed",
        "1 tickets closed.",
    ]
    duplicate.refresh_from_db()
    assert duplicate.status == "closed"


def test_one_that_cannot_be_closed_keeps_no_other_open(say, ann, ben, capsys):
    with ago(days=16):
        damaged, lost = resolved(report(ann), ben), report(ann)
    with ago(days=15):
        sound = resolved(report(ann), ben)
    with (
        connection.cursor() as cursor
    ):  # past every rule: it follows, and its history knows nothing of it
        cursor.execute(
            "UPDATE tickets_ticket SET merged_into_id = %s WHERE id = %s", [damaged.pk, lost.pk]
        )

    with pytest.raises(CommandError, match="1 of 2 were refused"):
        call_command("close_resolved", "--after", "14d")

    assert f"{damaged}: Something is wrong with it" in capsys.readouterr().err
    for ticket, status in ((damaged, "resolved"), (sound, "closed")):
        ticket.refresh_from_db()
        assert ticket.status == status


@pytest.mark.parametrize("after", ["14", "two weeks", "-3d", "99999999d", "999999d"])
def test_a_length_of_time_has_a_unit(db, after):
    with pytest.raises(CommandError, match=r"length of time|hundred years|expected one argument"):
        call_command("close_resolved", "--after", after)


def test_the_worker_closes_after_the_days_that_are_set(ann, ben, settings):
    with ago(days=4):
        ticket = resolved(report(ann), ben)

    settings.CLOSE_RESOLVED_DAYS = 0
    assert close_resolved() == 0
    settings.CLOSE_RESOLVED_DAYS = 3
    assert (close_resolved(), close_resolved()) == (1, 0)
    assert Event.of(ticket).last().note == "Nobody objected for 3 days."


def test_move_takes_people_by_address_and_moments_as_iso(say, ann, ben, carl):
    ticket, order = report(ann), ordered(ben)
    as_ben = ["--as", ben.email.upper()]

    say("move", str(ticket), "triage", "--set", "priority=high", *as_ben)
    say("move", str(ticket), "assign", "--set", f"assignee={carl.email}", *as_ben)
    window = ["--set", "scheduled_start=2031-03-03T08:00Z"]
    window += ["--set", "scheduled_end=2031-03-03T10:00:00+01:00", "--set", "site=Harbour office"]
    said = say("move", str(order), "schedule", *window, *as_ben)
    say("move", str(order), "dispatch", "--set", f"assignee={carl.email.title()}", *as_ben)

    assert f"{order}: schedule, draft → scheduled" in said
    ticket.refresh_from_db()
    order.refresh_from_db()
    assert (ticket.assignee, ticket.priority, order.assignee) == (carl, "high", carl)
    assert order.scheduled_start == datetime(2031, 3, 3, 8, tzinfo=UTC)
    assert order.scheduled_end == datetime(2031, 3, 3, 9, tzinfo=UTC)


def test_move_takes_other_items_by_reference(say, ann, ben):
    survivor, duplicate = report(ann), report(ann)

    say("move", str(duplicate), "merge", "--set", f"merged_into={survivor}")

    duplicate.refresh_from_db()
    assert duplicate.merged_into == survivor
    assert "unmerge(): possible" in say("move", str(duplicate))


def test_move_says_what_is_wrong_with_a_moment(say, ben, capsys):
    order = ordered(ben)
    window = ["--set", "scheduled_start=tomorrow", "--set", "scheduled_end=2031-03-03T10:00Z"]

    with pytest.raises(CommandError, match="1 of 1 were refused"):
        call_command("move", str(order), "schedule", *window)

    assert "scheduled_start" in capsys.readouterr().err
