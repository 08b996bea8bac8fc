"""The one door: create, change and perform, with their rules, versions and Events."""

import psycopg
import pytest
from django.db import OperationalError

from core.errors import (
    ConditionUnmet,
    Conflict,
    InvalidInput,
    NotFound,
    NotPermitted,
    StaleVersion,
    WrongStatus,
)
from core.lifecycle import available, change, create, perform, transitions
from core.models import Event
from tests.lamps.models import Lamp


@pytest.fixture
def lamp(ann):
    return create(Lamp(title="Desk lamp"), actor=ann)


def actions(lamp):
    return [event.action for event in Event.of(lamp)]


def test_what_a_person_creates_is_theirs_and_in_the_history(ann, lamp):
    assert lamp.created_by == ann
    assert lamp.reference == f"LMP-{lamp.pk}"

    created = Event.of(lamp).get()
    assert (created.action, created.actor, created.changes) == ("created", ann, {})


def test_a_transition_moves_bumps_the_version_and_leaves_one_event(ann, ben, lamp):
    lit = perform(lamp, "light", actor=ann, note="It is late.", keeper=ben)

    assert (lit.status, lit.version) == ("lit", 2)
    event = Event.of(lamp).last()
    assert (event.action, event.source, event.target) == ("light", "dark", "lit")
    assert (event.note, event.changes) == ("It is late.", {"keeper": [None, ben.pk]})


def test_the_wrong_status_is_said_before_the_missing_right(ann, ben, lamp):
    perform(lamp, "smash", actor=ben, crack="Fell")

    with pytest.raises(WrongStatus, match="is broken"):
        perform(lamp, "light", actor=ann)


def test_outside_the_scope_there_is_nothing(zoe, lamp):
    with pytest.raises(NotFound):
        perform(lamp, "light", actor=zoe)
    with pytest.raises(NotFound):
        change(lamp, actor=zoe, title="Mine now")

    assert actions(lamp) == ["created"]


def test_the_permission_says_who_may(ben, zoe, monkeypatch, lamp):
    monkeypatch.setattr(type(Lamp.objects.all()), "for_user", lambda rows, user: rows)
    monkeypatch.setattr("core.querysets.row_question", lambda *_: None)

    with pytest.raises(NotPermitted, match="Only its owner or an agent"):
        perform(lamp, "light", actor=zoe)


def test_a_condition_says_why_not_and_nothing_changes(ann, lamp):
    lamp = change(lamp, actor=ann, watts=500)

    with pytest.raises(ConditionUnmet, match="It draws too much"):
        perform(lamp, "light", actor=ann)

    lamp.refresh_from_db()
    assert (lamp.status, lamp.version) == ("dark", 2)
    assert actions(lamp) == ["created", "changed"]


def test_flowtrack_itself_needs_no_permission_but_conditions_hold(ann, lamp):
    assert perform(lamp, "light", actor=None).status == "lit"

    heavy = create(Lamp(title="Flood light", watts=900), actor=ann)
    with pytest.raises(ConditionUnmet):
        perform(heavy, "light", actor=None)


def test_a_deactivated_person_may_do_nothing(ann, ada, lamp):
    ann = perform(ann, "deactivate", actor=ada)

    with pytest.raises(NotPermitted):
        perform(lamp, "light", actor=ann)


@pytest.mark.parametrize(
    ("inputs", "field"),
    [({}, "crack"), ({"crack": "  "}, "crack"), ({"crack": "x", "hue": 1}, "hue")],
)
def test_inputs_are_checked_by_name(ann, lamp, inputs, field):
    with pytest.raises(InvalidInput) as refused:
        perform(lamp, "smash", actor=ann, **inputs)

    assert [error.field for error in refused.value.errors] == [field]
    assert actions(lamp) == ["created"]


def test_field_rules_hold_after_the_transition_ran(ann, lamp):
    with pytest.raises(InvalidInput) as refused:
        change(lamp, actor=ann, title="x" * 101)

    assert refused.value.errors[0].field == "title"


def test_no_edit_changes_the_status(ann, lamp):
    with pytest.raises(InvalidInput):
        change(lamp, actor=ann, status="lit")


def test_setting_what_is_there_already_is_no_change(ann, lamp):
    same = change(lamp, actor=ann, title="Desk lamp")

    assert same.version == 1
    assert actions(lamp) == ["created"]


def test_a_stale_version_is_refused(ann, lamp):
    change(lamp, actor=ann, watts=60)

    with pytest.raises(StaleVersion):
        perform(lamp, "light", actor=ann, expected_version=1)


def test_what_would_escape_its_editor_is_rolled_back(ann, zoe, lamp, monkeypatch):
    monkeypatch.setattr(Lamp, "light", lambda lamp, **inputs: setattr(lamp, "created_by", zoe))

    with pytest.raises(Conflict, match="could not see it"):
        perform(lamp, "light", actor=ann)

    assert Lamp.objects.get(pk=lamp.pk).created_by == ann


def test_the_options_say_what_one_may_do_and_why_not_the_rest(ann, lamp):
    assert available(lamp, ann) == ["light", "smash"]

    lit = perform(lamp, "light", actor=ann)
    reasons = {option.transition.name: option.reason for option in transitions(lit, ann)}
    assert reasons["smash"] == ""
    assert "needs it to be dark" in reasons["light"]


@pytest.mark.django_db(transaction=True)
def test_a_creation_that_the_database_undid_is_tried_again_from_the_beginning(ann, monkeypatch):
    attempts = []

    def chosen_as_victim_at_first(lamp, actor):
        attempts.append(lamp.pk)
        if len(attempts) == 1:
            raise OperationalError from psycopg.errors.DeadlockDetected()

    monkeypatch.setattr(Lamp, "after_create", chosen_as_victim_at_first)
    lamp = create(Lamp(title="Desk lamp"), actor=ann)

    assert len(attempts) == 2
    assert Lamp.objects.get() == lamp
    assert actions(lamp) == ["created"]
