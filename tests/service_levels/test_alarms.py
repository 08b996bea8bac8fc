"""Warnings and breaches: each once, made up for after downtime, and quiet while nobody works."""

import pytest

from core.lifecycle import change
from core.models import Event
from sla.clock_reading import read_clocks
from sla.rulebook import RuleBook
from sla.standing import Standing
from sla.tasks import raise_alarms
from sla.watch import raise_alarms_of
from tests.service_levels.telling import actions, does, reported, started
from tickets.models import Ticket


def alarms(ticket):
    return [name for name in actions(ticket) if "warning" in name or "breach" in name]


def at_work(when, moment):
    with when(moment):
        return raise_alarms()


def test_the_whole_story_of_a_forgotten_ticket(ann, when, promise):
    promise()
    ticket = reported(when, ann)
    told = []

    for moment in [
        "2026-05-22 16:59",
        "2026-05-22 17:00",
        "2026-05-26 09:30",
        "2026-05-26 09:31",
        "2026-05-26 17:30",
        "2026-05-27 09:00",
        "2026-05-27 13:01",
        "2026-05-28 09:00",
    ]:
        at_work(when, moment)
        ticket.refresh_from_db()
        told.append((moment[5:], *alarms(ticket)[len(told) - len(told) :][-1:], ticket.escalation))

    assert told == [
        ("05-22 16:59", "none"),
        ("05-22 17:00", "response_warning", "warned"),
        ("05-26 09:30", "response_warning", "warned"),
        ("05-26 09:31", "response_breach", "breached"),
        ("05-26 17:30", "response_breach", "breached"),
        ("05-27 09:00", "warning", "breached"),
        ("05-27 13:01", "breach", "breached"),
        ("05-28 09:00", "breach", "breached"),
    ]
    assert alarms(ticket) == ["response_warning", "response_breach", "warning", "breach"]
    assert ticket.next_alarm_at is None


def test_in_danger_is_the_solution_whatever_was_said_of_the_answer(ann, when, promise):
    promise()
    ticket = reported(when, ann)
    standings = {}

    for moment in ("2026-05-22 17:15", "2026-05-27 09:00", "2026-05-27 13:01"):
        at_work(when, moment)
        with when(moment) as now:
            names = [how for how in Standing if Ticket.objects.standing(how, at=now).exists()]
            standings[moment[5:]] = names

    assert alarms(ticket)[0] == "response_warning"
    assert standings == {
        "05-22 17:15": [Standing.RESPONSE_AT_RISK],
        "05-27 09:00": [Standing.AT_RISK, Standing.RESPONSE_BREACHED],
        "05-27 13:01": [Standing.BREACHED, Standing.RESPONSE_BREACHED],
    }


def test_an_alarm_says_what_was_promised(ann, when, promise):
    promise()
    ticket = reported(when, ann)

    at_work(when, "2026-05-22 17:00")
    at_work(when, "2026-05-26 10:00")

    notes = Event.of(ticket).exclude(action="created").values_list("note", flat=True)
    assert list(notes) == [
        "Three quarters of the 4 hours promised for the first response are used.",
        "The 4 hours promised for the first response are over.",
    ]


def test_a_worker_that_comes_back_says_what_is_still_worth_saying(ann, when, promise):
    promise()
    ticket = reported(when, ann)

    assert at_work(when, "2026-06-10 03:00") == 2
    assert at_work(when, "2026-06-10 03:01") == 0

    assert alarms(ticket) == ["response_breach", "breach"]


def test_a_warning_waits_until_people_are_back_and_a_breach_does_not(ann, when, promise):
    promise()
    ticket = reported(when, ann)

    at_work(when, "2026-05-22 20:00")
    assert alarms(ticket) == []
    at_work(when, "2026-05-25 10:00")  # a bank holiday
    assert alarms(ticket) == []

    at_work(when, "2026-05-26 09:00")
    assert alarms(ticket) == ["response_warning"]
    at_work(when, "2026-05-26 20:00")
    assert alarms(ticket) == ["response_warning", "response_breach"]


def test_what_waits_is_warned_of_when_it_goes_on(ann, ben, when, promise):
    promise(response_minutes=None)
    ticket = started(when, ben, reported(when, ann))
    ticket = does(when, "2026-05-26 17:30", ben, ticket, "block", reason="A spare part.")

    assert at_work(when, "2026-05-27 12:00") == 0
    does(when, "2026-05-28 10:00", ben, ticket, "unblock")
    assert at_work(when, "2026-05-28 10:01") == 1

    assert alarms(ticket) == ["warning"]


def test_a_breach_is_recorded_though_it_was_resolved_before_anybody_looked(ann, ben, when, promise):
    promise(response_minutes=None)
    ticket = started(when, ben, reported(when, ann))
    ticket = does(when, "2026-05-27 13:01", ben, ticket, "resolve", resolution="It runs.")

    assert at_work(when, "2026-05-27 13:02") == 1

    assert alarms(ticket) == ["breach"]


def test_what_was_kept_alarms_nobody(ann, ben, when, promise):
    promise()
    ticket = reported(when, ann)
    ticket = does(when, "2026-05-22 14:30", ben, ticket, "triage", priority="medium")
    ticket = does(when, "2026-05-22 15:00", ben, ticket, "start")
    ticket = does(when, "2026-05-22 16:00", ben, ticket, "resolve", resolution="It runs.")

    assert at_work(when, "2026-07-01 12:00") == 0

    assert alarms(ticket) == []


def test_the_same_is_not_said_again_under_a_longer_promise(ann, when, promise):
    policy, ticket = promise(response_minutes=None), reported(when, ann)
    at_work(when, "2026-05-27 09:00")

    with when("2026-05-27 09:30"):
        change(policy, actor=None, resolution_minutes=32 * 60)
    at_work(when, "2026-05-28 17:00")
    assert alarms(ticket) == ["warning"]

    at_work(when, "2026-06-05 17:00")
    assert alarms(ticket) == ["warning", "breach"]


def test_a_ticket_that_changed_since_it_was_read_is_left_for_the_next_time(ann, when, promise):
    promise()
    ticket = reported(when, ann)
    with when("2026-05-22 17:00") as now:
        [(item, reading)] = read_clocks([ticket], now=now, book=RuleBook.whole())
        change(ticket, actor=ann, title="It stands still again")

        assert reading.alarms
        assert raise_alarms_of(item, reading) == 0
        assert raise_alarms() == 1

    assert alarms(ticket) == ["response_warning"]


@pytest.mark.parametrize("calls", [1, 3])
def test_looking_again_says_nothing_twice(ann, when, promise, calls):
    promise()
    ticket = reported(when, ann)

    for _ in range(calls):
        at_work(when, "2026-05-22 17:00")

    assert alarms(ticket) == ["response_warning"]
