"""Calendars and policies are edited while work is under way: what is open follows, what has ended stays."""

import pytest

from core.lifecycle import change, create
from core.models import Event
from sla.checking import wrong_items
from sla.models import Calendar
from sla.repercussions import foreseen
from sla.tasks import mend_races
from tests.service_levels.conftest import london
from tests.service_levels.telling import actions, does, mended, reported, started


def longer(calendar):
    return {day: [["09:00", "19:00"]] for day in calendar.hours}


def test_open_tickets_follow_a_calendar_in_the_same_transaction(ann, when, office, promise):
    promise()
    ticket = reported(when, ann)

    with when("2026-05-22 15:00"):
        change(office, actor=None, hours=longer(office))

    ticket.refresh_from_db()
    assert ticket.due_at == london("2026-05-27 10:00")
    event = Event.of(ticket).last()
    assert (event.action, event.note) == ("due_changed", "Its calendar was changed.")


def test_what_has_ended_stays_as_it_was_measured(ann, ben, when, office, promise):
    policy = promise()
    ticket = mended(when, ann, ben)

    with when("2026-05-29 09:00"):
        change(office, actor=None, hours=longer(office))
        change(policy, actor=None, resolution_minutes=60)

    ticket.refresh_from_db()
    assert ticket.due_at == london("2026-05-28 12:00")
    assert actions(ticket)[-1] == "resolve"
    assert list(wrong_items()) == []


def test_reopened_it_is_measured_by_what_counts_now(ann, ben, when, office, promise):
    policy = promise()
    ticket = mended(when, ann, ben)
    with when("2026-05-29 09:00"):
        change(policy, actor=None, resolution_minutes=20 * 60)

    ticket = does(when, "2026-06-01 09:00", ann, ticket, "reopen", reason="It stands again.")

    assert ticket.due_at == london("2026-06-01 13:30")


def test_a_ticket_whose_times_stay_hears_nothing_of_an_edit(ann, when, office, promise):
    promise()
    ticket = reported(when, ann)

    with when("2026-05-22 15:00"):
        change(office, actor=None, hours={**office.hours, "sat": [["09:00", "10:00"]], "mon": []})
        change(office, actor=None, name="London, England")

    ticket.refresh_from_db()
    assert actions(ticket).count("due_changed") == 1


def test_a_ticket_that_was_under_the_policy_before_follows_too(ann, ben, when, office, promise):
    promise(priority="medium")
    elsewhere = create(
        Calendar(name="Always", time_zone="UTC", hours={"fri": [["00:00", "24:00"]]}), actor=None
    )
    promise("Urgent lifts", priority="urgent", calendar=elsewhere)
    ticket = reported(when, ann)
    ticket = does(when, "2026-05-22 17:00", ben, ticket, "triage", priority="urgent")
    before = ticket.due_at

    with when("2026-05-22 18:00"):
        change(office, actor=None, hours={**office.hours, "fri": [["15:00", "17:30"]]})

    ticket.refresh_from_db()
    assert ticket.due_at > before
    assert list(wrong_items()) == []


def test_the_preview_says_exactly_what_the_edit_does(ann, ben, when, office, promise):
    promise()
    tickets = [reported(when, ann), started(when, ben, reported(when, ann))]
    mended(when, ann, ben)
    with when("2026-05-26 10:00"):
        office.hours = longer(office)
        told = {each.item.pk: each.after.due_at for each in foreseen(office)}
        before = {ticket.pk: ticket.due_at for ticket in tickets}

        assert not Event.objects.filter(action="due_changed").exists()
        change(office, actor=None, hours=longer(office))

    after = {ticket.pk: type(ticket).objects.get(pk=ticket.pk).due_at for ticket in tickets}
    assert told == after
    assert set(after.values()).isdisjoint(before.values())


@pytest.mark.parametrize(
    "edit",
    [{"resolution_minutes": 8 * 60}, {"waits_in": ["new"]}, {"resolution_minutes": None}],
    ids=str,
)
def test_the_preview_of_a_policy_says_what_its_edit_does(ann, when, promise, edit):
    policy, ticket = promise(), reported(when, ann)
    with when("2026-05-22 15:00"):
        for name, value in edit.items():
            setattr(policy, name, value)
        [told] = foreseen(policy)
        change(policy, actor=None, **edit)

    ticket.refresh_from_db()
    assert ticket.due_at == told.after.due_at != told.before.due_at


def test_what_was_saved_beside_an_edit_is_mended(ann, when, office, promise):
    promise()
    ticket = reported(when, ann)
    with when("2026-05-22 15:00"):
        change(office, actor=None, hours=longer(office))
    right = type(ticket).objects.get(pk=ticket.pk)
    # As if it had been reported while the edit was not committed yet.
    type(ticket)._base_manager.filter(pk=ticket.pk).update(
        due_at=ticket.due_at, updated_at=london("2026-05-22 15:00")
    )

    with when("2026-05-22 15:05"):
        assert mend_races() == 1
        assert mend_races() == 0

    ticket.refresh_from_db()
    assert ticket.due_at == right.due_at
    assert list(wrong_items()) == []
