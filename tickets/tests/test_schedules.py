"""Work that comes again: each occurrence once, and never silently not at all."""

import os
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from accounts.models import Team
from conftest import copy_of_the_database
from core import clock
from core.errors import InvalidInput, Refused
from core.lifecycle import change, create, perform
from core.models import Event
from tickets.models import (
    ChecklistTemplate,
    Occurrence,
    RoutingRule,
    Schedule,
    Tag,
    Ticket,
    WorkOrder,
)
from tickets.scheduling import MOST_AT_ONCE, run, run_due

ROOT = Path(__file__).resolve().parents[2]
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)


def planned(agent, requester, **fields):
    values = {
        "title": "Test the emergency lights",
        "requester": requester,
        "rule": "FREQ=DAILY",
        "starts_on": date(2026, 3, 1),
        "starts_at": time(9),
        "time_zone": "Europe/London",
    }
    with clock.at(NOON):
        return create(Schedule(**values | fields), actor=agent)


@pytest.fixture
def daily(ann, ben):
    return planned(ben, ann)


def run_at(moment):
    with clock.at(moment):
        return list(run_due())


def test_it_comes_due_after_it_was_made(daily):
    assert daily.next_at == datetime(2026, 3, 3, 9, tzinfo=UTC)
    assert run_at(NOON) == []


def test_a_ticket_is_made_for_its_requester(daily, ann):
    [occurrence] = run_at(NOON + DAY)

    ticket = Ticket.objects.get()
    assert (ticket.title, ticket.requester, ticket.created_by) == (daily.title, ann, None)
    assert Event.of(ticket).first().note == f"{daily}, for 03 March 2026 09:00."
    assert (occurrence.ticket, occurrence.outcome) == (ticket, "created")
    fresh = Schedule.objects.get()
    assert fresh.next_at == datetime(2026, 3, 4, 9, tzinfo=UTC)
    assert Event.of(fresh).last().note == f"Made {ticket}."


def test_a_ticket_gets_its_priority_its_queue_and_its_tags(ann, ben, ada):
    facilities = create(Team(name="Facilities"), actor=ada)
    safety, old = (create(Tag(slug=slug), actor=ada) for slug in ("safety", "old"))
    planned(ben, ann, priority="high", team=facilities, tags=["safety", "old"])
    change(old, actor=ada, is_active=False)

    run_at(NOON + DAY)

    ticket = Ticket.objects.get()
    assert (ticket.priority, ticket.team, ticket.tags) == ("high", facilities, [safety.slug])


def test_without_a_queue_the_routing_rules_say(ann, ben, ada):
    desk = create(Team(name="Service desk"), actor=ada)
    create(RoutingRule(name="All", team=desk), actor=ada)
    planned(ben, ann)

    run_at(NOON + DAY)

    assert Ticket.objects.get().team == desk


def test_a_work_order_gets_its_window_and_its_checklist(ben, ada):
    points = [{"text": "Switch off", "required": True}]
    template = create(ChecklistTemplate(name="Lights", items=points), actor=ada)
    planned(
        ben,
        None,
        creates="work_order",
        site="North clinic",
        window_minutes=90,
        checklist_template=template,
    )

    run_at(NOON + DAY)

    work_order = WorkOrder.objects.get()
    assert (work_order.status, work_order.site) == ("scheduled", "North clinic")
    assert work_order.scheduled_start == datetime(2026, 3, 3, 9, tzinfo=UTC)
    assert work_order.scheduled_end - work_order.scheduled_start == timedelta(minutes=90)
    assert [point.text for point in work_order.checklist.all()] == ["Switch off"]


def test_running_twice_makes_it_once(daily):
    run_at(NOON + DAY)

    assert run_at(NOON + DAY) == []
    assert run(daily.pk, at=NOON + DAY) == []
    assert Ticket.objects.count() == 1


def test_what_was_missed_is_skipped_but_for_the_last(daily):
    [occurrence] = run_at(NOON + 4 * DAY)

    assert occurrence.at == datetime(2026, 3, 6, 9, tzinfo=UTC)
    assert Ticket.objects.count() == 1
    assert Event.of(daily).last().note.startswith("Skipped 3. Made TCK-")


def test_or_caught_up_with_each_of_them_a_bounded_number_at_once(ann, ben):
    planned(ben, ann, missed="catch_up")

    assert len(run_at(NOON + 4 * DAY)) == 4
    assert len(run_at(NOON + 80 * DAY)) == MOST_AT_ONCE
    assert len(run_at(NOON + 80 * DAY)) == 80 - 4 - MOST_AT_ONCE
    assert Ticket.objects.count() == Occurrence.objects.count() == 80


def test_a_pause_is_not_a_miss(daily, ben):
    with clock.at(NOON):
        paused = perform(daily, "pause", actor=ben)
    assert paused.next_at is None
    assert run_at(NOON + 5 * DAY) == []

    with clock.at(NOON + 5 * DAY):
        resumed = perform(paused, "resume", actor=ben)

    assert resumed.next_at == datetime(2026, 3, 8, 9, tzinfo=UTC)
    assert run_at(NOON + 5 * DAY) == []


def test_what_has_ended_stays_ended(daily, ben):
    ended = perform(daily, "end", actor=ben)

    assert ended.next_at is None
    with pytest.raises(Refused):
        perform(ended, "resume", actor=ben)
    with pytest.raises(Refused):
        change(ended, actor=ben, title="Again")


def test_a_new_rule_counts_from_now(daily, ben):
    with clock.at(NOON + 5 * DAY):
        changed = change(daily, actor=ben, rule="FREQ=WEEKLY;BYDAY=WE")

    assert changed.next_at == datetime(2026, 3, 11, 9, tzinfo=UTC)


def test_what_cannot_be_made_is_told_and_stops_nothing_else(daily, ann, zoe, ben, ada):
    planned(ben, zoe, title="Water the plants")
    perform(ann, "deactivate", actor=ada)

    handled = run_at(NOON + DAY)

    assert sorted(each.outcome for each in handled) == ["created", "failed"]
    assert "This account is deactivated." in Event.of(daily).last().note
    assert Ticket.objects.get().title == "Water the plants"
    assert Schedule.objects.get(pk=daily.pk).next_at > NOON + DAY


def test_the_last_occurrence_is_the_last(ann, ben):
    schedule = planned(ben, ann, rule="FREQ=DAILY;UNTIL=20260303T235959")

    run_at(NOON + DAY)

    assert Schedule.objects.get(pk=schedule.pk).next_at is None
    assert run_at(NOON + 9 * DAY) == []


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rule", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
        ("rule", "FREQ=MINUTELY"),
        ("rule", "every Monday"),
        ("starts_on", date(1999, 12, 31)),
        ("starts_on", date(2036, 3, 6)),
        ("starts_on", date(9999, 12, 31)),
        ("priority", "whenever"),
        ("tags", ["nowhere"]),
        ("time_zone", "Europe/Atlantis"),
        ("requester", None),
        ("window_minutes", 0),
    ],
)
def test_what_cannot_be_followed_is_refused_and_named(ann, ben, field, value):
    with pytest.raises(InvalidInput) as refused:
        planned(ben, **{"requester": ann} | {field: value})

    assert field in {error.field for error in refused.value.errors}


def test_over_the_api(as_, ben, zoe, daily):
    agent, url = as_(ben), f"/api/schedules/{daily.reference}/"
    run_at(NOON + DAY)

    [occurrence] = agent.get(f"{url}occurrences/").json()["results"]
    assert occurrence["made"]["reference"].startswith("TCK-")
    upcoming = agent.get(f"{url}upcoming/").json()["upcoming"]
    assert len(upcoming) == 10
    assert upcoming == sorted(upcoming)
    assert agent.patch(url, {"rule": "FREQ=NEVER"}).json()["errors"][0]["field"] == "rule"
    for way in ("", "occurrences/", "upcoming/"):
        assert as_(zoe).get(f"{url}{way}").status_code == 404


def test_the_command_says_what_it_did(daily, ada, ann, capsys):
    with clock.at(NOON + DAY):
        call_command("run_schedules", "--dry-run")
        assert "SCH-" in capsys.readouterr().out
        assert not Ticket.objects.exists()

        call_command("run_schedules")
        assert "1 made." in capsys.readouterr().out

    perform(ann, "deactivate", actor=ada)
    with clock.at(NOON + 2 * DAY), pytest.raises(CommandError, match="1 of 1 failed"):
        call_command("run_schedules")


@pytest.mark.skipif(connection.vendor != "postgresql", reason="threads race on PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_eight_schedulers_make_each_occurrence_once(ann, ben):
    for _ in range(5):
        planned(ben, ann, missed="catch_up")

    def scheduler(_):
        try:
            return len(list(run_due(at=NOON + 8 * DAY)))
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        handled = sum(pool.map(scheduler, range(8)))
    handled += len(list(run_due(at=NOON + 8 * DAY)))

    assert handled == Ticket.objects.count() == Occurrence.objects.count() == 40


@pytest.mark.skipif(connection.vendor != "sqlite", reason="processes race on SQLite")
def test_four_processes_make_each_occurrence_once(transactional_db, person, tmp_path):
    ann, ben = person("ann"), person("ben", role="agent")
    for _ in range(5):
        planned(ben, ann, rule="FREQ=DAILY;COUNT=8", missed="catch_up", starts_on=date(2026, 3, 3))
    file = copy_of_the_database(tmp_path / "race.sqlite3")

    schedulers = [_run_schedules(file) for _ in range(4)]
    made = [scheduler.communicate()[0].splitlines()[-1] for scheduler in schedulers]

    assert sum(int(line.split()[0]) for line in made) == 40
    with sqlite3.connect(file) as raced:
        assert raced.execute("SELECT count(*) FROM tickets_ticket").fetchone() == (40,)


def _run_schedules(file):
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{file}"}
    program = [sys.executable, "manage.py", "run_schedules"]
    pipe = subprocess.PIPE
    return subprocess.Popen(program, cwd=ROOT, env=environment, stdout=pipe, text=True)
