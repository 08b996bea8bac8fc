"""Requests from a terminal."""

import csv
import io
import json

import pytest
from django.core.management import CommandError, call_command

from core import clock
from core.models import Event
from requests_app.tests.making import ask, through


@pytest.fixture
def say(capsys):
    """`say("list_requests", "--limit", "1")`: what a command prints."""

    def run(*words):
        call_command(*words)
        return capsys.readouterr().out

    return run


def test_the_queue_in_a_table(say, ann, zoe):
    ask(ann, title="Lamp")
    ask(zoe, title="Desk")

    assert [line.split()[-1] for line in say("list_requests").splitlines()[1:3]] == ["Desk", "Lamp"]
    assert "Desk" not in say("list_requests", "--department", "corporate")
    assert "1 shown." in say("list_requests", "--limit", "1")


def test_the_queue_for_programs(say, ann, mia, ben):
    through(ask(ann, title="Lamp"), (mia, "approve"), (ben, "start"))
    ask(ann, title="Desk")

    [row] = json.loads(say("list_requests", "--assignee", ben.email, "--format", "json"))

    assert (row["title"], row["status"], row["assignee"]) == ("Lamp", "in_progress", "Ben")
    assert json.loads(say("list_requests", "--overdue", "--format", "json")) == []


def test_a_wrong_name_is_said_politely(db):
    with pytest.raises(CommandError, match="no department Kitchen"):
        call_command("list_requests", "--department", "Kitchen")
    with pytest.raises(CommandError, match="nobody with the e-mail"):
        call_command("list_requests", "--assignee", "x@y.example")


def test_unfinished_work_goes_to_somebody_else(say, ann, mia, ben, ada, person):
    carl = person("carl", role="agent")
    running = through(ask(ann), (mia, "approve"), (ben, "start"))
    done = through(
        ask(ann), (mia, "approve"), (ben, "start"), (ben, "complete", {"resolution": "Yes"})
    )
    words = ("reassign", "--from", ben.email, "--to", carl.email, "--as", ada.email)

    assert f"{running}: would go to Carl" in say(*words, "--dry-run")
    running.refresh_from_db()
    assert running.assignee == ben

    assert f"{running}: now with Carl" in say(*words, "--note", "Ben is ill.")
    for request, who in ((running, carl), (done, ben)):
        request.refresh_from_db()
        assert request.assignee == who
    last = Event.of(running).last()
    assert (last.action, last.actor, last.note) == ("assign", ada, "Ben is ill.")
    assert "0 requests" in say(*words)


def test_work_goes_to_agents_only(ann, ben):
    with pytest.raises(CommandError, match="no active agent"):
        call_command("reassign", "--from", ben.email, "--to", ann.email)


def test_who_may_not_reassign_is_refused_each_time(ann, zoe, mia, ben, person):
    carl = person("carl", role="agent")
    through(ask(ann), (mia, "approve"), (ben, "start"))

    with pytest.raises(CommandError, match="1 of 1 were refused"):
        call_command("reassign", "--from", ben.email, "--to", carl.email, "--as", mia.email)


def test_an_export_is_safe_to_open(say, ann, tmp_path):
    for title in ("=1+1", "+49 30", "-3", "@home", "Plain, with a comma"):
        ask(ann, title=title)

    rows = list(csv.DictReader(io.StringIO(say("export_requests", "--status", "pending"))))

    assert [row["title"] for row in rows] == [
        "'=1+1",
        "'+49 30",
        "'-3",
        "'@home",
        "Plain, with a comma",
    ]
    assert rows[0]["requester"] == "Ann"

    file = tmp_path / "requests.csv"
    say("export_requests", "--output", str(file))
    assert len(file.read_text().splitlines()) == 6


def test_an_export_may_be_empty(say, ann):
    assert len(say("export_requests", "--status", "denied").splitlines()) == 1


def test_late_ones(say, ann):
    with clock.at(clock.now().replace(year=2020)):
        ask(ann, title="Forgotten")

    assert "Forgotten" in say("list_requests", "--overdue")
