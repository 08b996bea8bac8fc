"""Who follows whom stays flat and small, and being set free brings back the promise that there was."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.errors import ConditionUnmet
from core.lifecycle import available, change, perform
from sla.checking import wrong_items
from sla.models import Policy
from sla.tests.promising import a_promise
from tickets.audience import hearers
from tickets.models import Ticket
from tickets.tests.making import report, resolved

MORNING = datetime(2026, 5, 26, 9, tzinfo=UTC)


def merge(duplicate, survivor, agent):
    return perform(duplicate, "merge", actor=agent, merged_into=survivor)


def now(ticket):
    return Ticket.objects.get(pk=ticket.pk)


def promise(ticket):
    """What it is promised, and when that is due."""
    return (ticket.sla_policy_id, ticket.response_due_at, ticket.due_at, ticket.warns_at)


def test_whom_others_follow_follows_nobody(ann, ben, as_):
    first, second, third = (report(ann) for _ in "123")
    merge(first, second, ben)

    with pytest.raises(ConditionUnmet, match="Other tickets follow it: unmerge them first"):
        merge(second, third, ben)

    assert "merge" not in available(now(second), ben)
    answer = as_(ben).post(f"/api/tickets/{second}/merge/", {"merged_into": str(third)})
    assert (answer.status_code, answer.json()["code"]) == (409, "condition_unmet")

    perform(first, "unmerge", actor=ben)
    assert merge(second, third, ben).is_merged


def test_the_other_way_round_they_are_one_family(ann, ben):
    first, second, third = (report(ann) for _ in "123")
    merge(first, second, ben)
    merge(third, second, ben)

    resolved(second, ben)

    assert {now(each).status for each in (first, third)} == {"resolved"}


def test_a_family_has_an_end(ann, ben, monkeypatch):
    monkeypatch.setattr("tickets.merging.MOST_DUPLICATES", 2)
    survivor = report(ann)
    duplicates = [merge(report(ann), survivor, ben) for _ in "12"]

    with pytest.raises(ConditionUnmet, match=f"2 tickets follow {survivor}: link this one"):
        merge(report(ann), survivor, ben)

    perform(duplicates[0], "unmerge", actor=ben)
    assert merge(report(ann), survivor, ben).is_merged


def test_who_hears_of_it_takes_no_more_questions_for_a_larger_family(ann, ben, person):
    survivor, costs = report(ann), []

    for number in range(3):
        merge(report(person(f"neighbour{number}", role="agent")), survivor, ben)
        with CaptureQueriesContext(connection) as asked:
            assert len(hearers(survivor)) == number + 2
        costs.append(len(asked))

    assert len(set(costs)) == 1


def test_it_comes_back_under_the_promise_that_it_had(ann, ben, ada):
    with clock.at(MORNING):
        policy = a_promise(hours=48, response_minutes=240)
        duplicate = report(ann)
        merge(duplicate, report(ann), ben)
    with clock.at(MORNING + timedelta(hours=1)):
        a_promise(name="Newer", hours=1)
        change(policy, actor=ada, is_active=False)
    with clock.at(MORNING + timedelta(hours=3)):
        free = perform(duplicate, "unmerge", actor=ben)

    # Without any promise the clock rests: all is as it was, three hours later.
    assert promise(free) == (
        policy.pk,
        *(each + timedelta(hours=3) for each in promise(duplicate)[1:]),
    )
    assert list(wrong_items()) == []


def test_at_once_it_is_due_when_it_was(ann, ben):
    with clock.at(MORNING):
        a_promise(hours=48, response_minutes=240)
        duplicate = report(ann)
        merge(duplicate, report(ann), ben)

        free = perform(duplicate, "unmerge", actor=ben)

    assert promise(free) == promise(duplicate)


def test_what_was_promised_nothing_is_promised_nothing_later(ann, ben, ada):
    for policy in Policy.objects.filter(is_active=True):
        change(policy, actor=ada, is_active=False)
    duplicate = merge(report(ann), report(ann), ben)
    a_promise(hours=1)

    assert promise(perform(duplicate, "unmerge", actor=ben)) == (None, None, None, None)


def test_what_its_survivor_took_is_not_counted_against_it(ann, ben):
    with clock.at(MORNING):
        a_promise(hours=48)
        survivor, duplicate = report(ann), report(ann)
        merge(duplicate, survivor, ben)
    with clock.at(MORNING + timedelta(hours=2)):
        resolved(survivor, ben)
    with clock.at(MORNING + timedelta(hours=5)):
        free = perform(duplicate, "unmerge", actor=ben)

    assert free.due_at == MORNING + timedelta(hours=48 + 5)
