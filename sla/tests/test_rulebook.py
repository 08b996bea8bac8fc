"""Which versions counted when."""

from datetime import UTC, datetime, timedelta

import pytest

from core import clock
from core.lifecycle import change
from sla.rulebook import RuleBook
from sla.tests.promising import a_promise

MONDAY = datetime(2026, 6, 1, 9, tzinfo=UTC)


def day(number):
    return MONDAY + timedelta(days=number)


@pytest.fixture
def policy(db):
    """Promised on Monday, in other hours from Tuesday on, more of it from Wednesday on."""
    with clock.at(day(0)):
        policy = a_promise(hours=8)
    with clock.at(day(1)):
        change(policy.calendar, actor=None, hours={"mon": [["09:00", "10:00"]]})
    with clock.at(day(2)):
        return change(policy, actor=None, resolution_minutes=600)


@pytest.mark.parametrize(
    ("at", "numbers"),
    [(-9, (1, 1)), (0, (1, 1)), (1, (1, 2)), (1.5, (1, 2)), (2, (2, 2)), (99, (2, 2))],
)
def test_the_newest_of_a_moment_counts_and_before_there_was_any_the_first(policy, at, numbers):
    whole, part = RuleBook.whole(), RuleBook.at(day(at), [policy.pk])

    editions = [book.edition(policy.pk, day(at)) for book in (whole, part)]

    assert editions[0] == editions[1]
    assert (editions[0].number, editions[0].calendar_number) == numbers


def test_two_edits_in_one_moment_leave_the_last(policy):
    with clock.at(day(3)):
        change(policy, actor=None, resolution_minutes=1)
        change(policy, actor=None, resolution_minutes=2)

    assert RuleBook.whole().edition(policy.pk, day(3)).resolution_minutes == 2


def test_one_question_however_many_policies(policy, django_assert_num_queries):
    others = [a_promise(name=f"Promise {n}") for n in range(5)]

    with django_assert_num_queries(1):
        RuleBook.at(day(5), {policy.pk, *(other.pk for other in others)})
    with django_assert_num_queries(0):
        RuleBook.at(day(5), set())
