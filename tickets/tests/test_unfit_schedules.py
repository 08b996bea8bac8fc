"""Rules that cannot be followed: refused by name, and harmless where they are stored all the same."""

import logging
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from conftest import PASSWORD
from core import clock
from core.lifecycle import create, perform
from core.models import Event
from tickets.models import Occurrence, Schedule, WorkOrder
from tickets.recurrence import walk
from tickets.scheduling import run_due
from tickets.tasks import make_scheduled_work
from tickets.tests.making import report

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = timedelta(days=1)
UNFIT = {"rule": "FREQ=MONTHLY;BYDAY=1MO,10MO"}
LOST = {"time_zone": "Europe/Atlantis"}
FAR = {"starts_on": date(9999, 12, 31)}


def planned(agent, **fields):
    values = {
        "title": "Test the emergency lights",
        "creates": "work_order",
        "rule": "FREQ=DAILY",
        "starts_on": date(2026, 3, 1),
        "starts_at": time(9),
        "time_zone": "Europe/London",
    }
    with clock.at(NOON):
        return create(Schedule(**values | fields), actor=agent)


def spoilt(schedule, **columns):
    """As if it had been stored before we knew better."""
    QuerySet(Schedule).filter(pk=schedule.pk).update(**columns)
    return Schedule.objects.get(pk=schedule.pk)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("rule", "FREQ=MONTHLY;BYDAY=60MO"),
        ("rule", "FREQ=MONTHLY;BYDAY=-60MO"),
        ("rule", "FREQ=MONTHLY;BYDAY=1MO,10MO"),
        ("rule", "FREQ=YEARLY;BYDAY=60MO"),
        ("rule", "FREQ=YEARLY;BYMONTH=13;BYDAY=1MO"),
        ("rule", "FREQ=HOURLY;BYHOUR=25"),
        ("rule", "FREQ=HOURLY;BYHOUR=-1"),
        ("rule", "FREQ=HOURLY;BYMINUTE=70"),
        ("rule", "FREQ=HOURLY;BYMINUTE=0,15,30,45"),
        ("rule", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"),
        ("starts_on", "9999-12-31"),
        ("starts_on", "1700-11-01"),
        ("time_zone", "../../etc/passwd"),
        ("tags", ["nowhere"]),
        ("tags", "safety"),
        ("priority", "whenever"),
        ("team", 4_000_000),
    ],
)
def test_the_api_names_what_is_wrong(as_, ben, ann, field, value):
    body = {
        "title": "Test the emergency lights",
        "requester": ann.pk,
        "rule": "FREQ=DAILY",
        "starts_on": "2026-03-01",
        "starts_at": "09:00",
        "time_zone": "Europe/London",
    }

    answer = as_(ben).post("/api/schedules/", body | {field: value}, format="json")

    assert answer.status_code == 400
    assert {error["field"] for error in answer.json()["errors"]} == {field}


@pytest.mark.parametrize("columns", [UNFIT, LOST, FAR])
@pytest.mark.parametrize("move", ["none", "pause"])
def test_what_is_stored_can_be_read(as_, ben, columns, move):
    schedule = planned(ben)
    if move == "pause":
        perform(schedule, "pause", actor=ben)
    spoilt(schedule, **columns)
    agent, url = as_(ben), f"/api/schedules/{schedule.reference}/"

    assert agent.get(f"{url}transitions/").status_code == 200
    assert agent.get(url).json()["available_transitions"] == (
        ["end"] if move == "pause" else ["pause", "end"]
    )
    assert agent.get(f"{url}upcoming/").status_code == 200
    assert agent.get("/api/schedules/?include=available_transitions").status_code == 200


@pytest.mark.parametrize("columns", [UNFIT, LOST])
def test_one_that_cannot_be_followed_is_paused_and_stops_nothing_else(ben, columns):
    bad, good = planned(ben), planned(ben, title="Water the plants")
    bad = spoilt(bad, **columns)
    due = bad.next_at

    with clock.at(NOON + DAY):
        assert make_scheduled_work() == 2
        assert make_scheduled_work() == 0

    assert WorkOrder.objects.get().title == good.title
    failed = Occurrence.objects.get(schedule=bad)
    assert (failed.at, failed.outcome) == (due, "failed")
    bad = Schedule.objects.get(pk=bad.pk)
    assert (bad.status, bad.next_at) == ("paused", None)
    last = Event.of(bad).last()
    assert (last.action, last.actor) == ("pause", None)
    assert last.note == f"Its rule cannot be followed: {failed.reason}"


def test_a_paused_one_goes_on_with_a_rule_that_can_be_followed(as_, ben):
    bad = spoilt(planned(ben), **UNFIT)
    with clock.at(NOON + DAY):
        list(run_due())
    agent, url = as_(ben), f"/api/schedules/{bad.reference}/"

    assert agent.post(f"{url}resume/", {}, format="json").status_code == 409
    assert agent.patch(url, {"rule": "FREQ=DAILY"}, format="json").status_code == 200
    assert agent.post(f"{url}resume/", {}, format="json").json()["status"] == "active"


def test_what_nobody_foresaw_is_logged_and_tried_again(ben, caplog):
    bad, good = planned(ben), planned(ben, title="Water the plants")
    late = datetime(9000, 1, 1, 9, tzinfo=UTC)
    spoilt(bad, next_at=late, window_minutes=2**31 - 1)  # a window that ends after the calendar

    with caplog.at_level(logging.ERROR):
        handled = list(run_due(at=late))

    assert [each.schedule for each in handled] == [good]
    assert f"Schedule {bad.pk} failed" in caplog.text
    assert Schedule.objects.get(pk=bad.pk).status == "active"


@pytest.mark.parametrize("columns", [UNFIT, LOST, FAR])
def test_its_page_can_be_opened_all_the_same(ben, client, columns):
    schedule = spoilt(planned(ben), **columns)
    client.post("/sign-in/", {"email": ben.email, "password": PASSWORD})

    assert client.get(f"/admin/tickets/schedule/{schedule.pk}/change/").status_code == 200
    assert client.get("/admin/tickets/schedule/add/").status_code == 200


def test_of_many_paused_ones_each_is_walked_through_once(as_, ben, monkeypatch):
    for _ in range(20):
        schedule = perform(planned(ben, rule="FREQ=HOURLY;COUNT=1000"), "pause", actor=ben)
        spoilt(schedule, starts_on=date(2020, 3, 1))  # by now it has come as often as it says
    agent, walked, fits = as_(ben), [], walk._fits
    monkeypatch.setattr(walk, "_fits", lambda day, rule: walked.append(day) or fits(day, rule))

    answer = agent.get("/api/schedules/?include=available_transitions")

    assert [each["available_transitions"] for each in answer.json()["results"]] == [["end"]] * 20
    assert len(walked) == 20 * 43  # the days of a thousand hours


def test_the_database_knows_no_start_centuries_ago(ben):
    schedule = planned(ben)

    with pytest.raises(IntegrityError), transaction.atomic():
        spoilt(schedule, starts_on=date(1700, 11, 1))


def test_its_page_costs_the_same_however_often_it_came_due(ann, ben, client):
    schedule = planned(ben, rule="FREQ=HOURLY", creates="ticket", requester=ann)
    client.post("/sign-in/", {"email": ben.email, "password": PASSWORD})
    url = f"/admin/tickets/schedule/{schedule.pk}/change/"

    def handled(number):
        for _ in range(number):
            at = NOON + timedelta(hours=Occurrence.objects.count())
            made = report(ann)
            Occurrence(schedule=schedule, at=at, outcome="created", ticket=made).save()

    def cost():
        with CaptureQueriesContext(connection) as captured:
            page = client.get(url)
        assert page.status_code == 200
        return len(captured), page.content.decode()

    handled(1)
    cost()  # some is read once and kept
    alone, _ = cost()
    handled(59)
    many, page = cost()

    assert many == alone
    assert "60; the last 50 are below." in page
    assert page.count("field-outcome") == 50
