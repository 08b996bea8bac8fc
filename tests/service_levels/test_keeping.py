"""What a ticket keeps of its clock is right after every save, and costs nothing where nothing decides it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.lifecycle import change, perform
from core.models import Event
from sla.checking import wrong_items
from sla.models import Policy
from tests.service_levels.conftest import london
from tests.service_levels.telling import actions, does, mended, reported, started

PAST = 'SELECT "core_event"."subject_id"'
"""How the question for what happened begins; each event also asks for the seal of the one before it."""


def test_a_new_ticket_is_promised_something_in_the_same_save(ann, when, promise):
    policy = promise()

    ticket = reported(when, ann)

    assert ticket.sla_policy == policy
    assert ticket.response_due_at == london("2026-05-26 09:30")
    assert ticket.due_at == london("2026-05-27 13:00")
    assert ticket.next_alarm_at == london("2026-05-22 17:00")
    assert ticket.version == 1
    assert actions(ticket) == ["created"]


def test_what_nobody_promises_is_due_never(ann, when):
    for policy in Policy.objects.filter(applies_to="ticket"):
        change(policy, actor=None, is_active=False)

    ticket = reported(when, ann)

    assert (ticket.sla_policy, ticket.response_due_at, ticket.due_at) == (None, None, None)
    assert ticket.next_alarm_at is None


def test_the_due_time_goes_while_it_waits_and_comes_back_later(ann, ben, when, promise):
    promise()
    ticket = started(when, ben, reported(when, ann))

    ticket = does(when, "2026-05-26 11:00", ben, ticket, "block", reason="A spare part.")
    assert (ticket.due_at, ticket.next_alarm_at) == (None, None)

    ticket = does(when, "2026-05-27 10:00", ben, ticket, "unblock")
    assert ticket.due_at == london("2026-05-28 12:00")
    assert "due_at" in Event.of(ticket).last().changes


def test_what_is_done_keeps_its_due_time_and_alarms_nobody(ann, ben, when, promise):
    promise()

    ticket = mended(when, ann, ben)

    assert ticket.due_at == london("2026-05-28 12:00")
    assert ticket.next_alarm_at is None


def test_a_reopened_ticket_goes_on_from_what_was_used(ann, ben, when, promise):
    promise()
    ticket = mended(when, ann, ben)

    ticket = does(when, "2026-06-01 09:00", ann, ticket, "reopen", reason="It stands again.")

    assert ticket.due_at == london("2026-06-01 09:30")


def test_cancelled_work_is_owed_nothing(ann, when, promise):
    promise()

    ticket = does(when, "2026-05-22 15:00", ann, reported(when, ann), "cancel", reason="It runs.")

    assert (ticket.response_due_at, ticket.due_at, ticket.next_alarm_at) == (None, None, None)


def test_another_priority_is_another_promise_and_used_time_counts(ann, ben, when, promise):
    promise(priority="medium")
    urgent = promise("Urgent lifts", priority="urgent", resolution_minutes=4 * 60)
    ticket = reported(when, ann)

    ticket = does(when, "2026-05-26 10:00", ben, ticket, "triage", priority="urgent")

    assert ticket.sla_policy == urgent
    assert ticket.due_at == london("2026-05-26 09:30")
    assert Event.of(ticket).last().changes["sla_policy"][1] == urgent.pk


def test_a_merged_ticket_is_promised_nothing_of_its_own(ann, ben, when, promise):
    policy = promise()
    survivor, ticket = reported(when, ann), reported(when, ann)

    ticket = does(when, "2026-05-26 10:00", ben, ticket, "merge", merged_into=survivor)
    assert (ticket.sla_policy, ticket.due_at) == (None, None)

    ticket = does(when, "2026-05-26 11:00", ben, ticket, "unmerge")
    assert ticket.sla_policy == policy
    assert ticket.due_at is not None
    assert list(wrong_items()) == []


def test_a_plain_edit_asks_the_clock_nothing(ann, when, promise):
    promise()
    ticket = reported(when, ann)

    with when("2026-05-22 15:00"), CaptureQueriesContext(connection) as asked:
        change(ticket, actor=ann, title="The lift in the north wing stands still")

    tables = ("sla_policyversion", "sla_calendarversion")
    assert not [each for each in asked if any(table in each["sql"] for table in tables)]
    assert not [each for each in asked if PAST in each["sql"]]


@pytest.mark.parametrize(("name", "inputs"), [("start", {}), ("cancel", {"reason": "Spam."})])
def test_a_move_asks_the_clock_two_questions(ann, ben, when, promise, name, inputs):
    promise()
    ticket = does(when, "2026-05-22 15:00", ben, reported(when, ann), "triage", priority="medium")

    with when("2026-05-22 16:00"), CaptureQueriesContext(connection) as asked:
        perform(ticket, name, actor=ben, **inputs)

    questions = ('FROM "sla_policyversion"', PAST)
    assert [sum(q in each["sql"] for each in asked) for q in questions] == [1, 1]


def test_starting_is_the_first_response(ann, ben, when, promise):
    promise()

    ticket = started(when, ben, reported(when, ann))

    assert ticket.first_responded_at == london("2026-05-26 09:20")
    assert ticket.response_due_at == london("2026-05-26 09:30")


def test_an_agents_public_answer_is_the_first_response_once(ann, ben, zoe, person, when, promise):
    promise()
    ticket = reported(when, ann)
    carl = person("carl", role="agent")

    with when("2026-05-22 14:30"):
        ticket.was_answered(ann)
        ticket.was_answered(None)
    with when("2026-05-22 15:00"):
        ticket.was_answered(ben)
    with when("2026-05-22 16:00"):
        ticket.was_answered(carl)

    ticket.refresh_from_db()
    assert ticket.first_responded_at == london("2026-05-22 15:00")
    assert actions(ticket) == ["created", "responded"]
    # Three quarters are used at closing time: that is said when people are back.
    assert ticket.next_alarm_at == london("2026-05-27 09:00")


def test_agents_do_not_answer_themselves(ben, when, promise):
    promise()
    ticket = reported(when, ben)

    with when("2026-05-22 15:00"):
        ticket.was_answered(ben)

    ticket.refresh_from_db()
    assert ticket.first_responded_at is None
