"""What FlowTrack itself notes about an item: under an Event of its own name, and once where that is wanted."""

import pytest

from core.errors import InvalidInput, NotFound
from core.lifecycle import create, mark
from core.models import Event
from tests.lamps.models import Lamp


@pytest.fixture
def lamp(ann):
    return create(Lamp(title="Desk lamp"), actor=ann)


def test_a_mark_leaves_an_event_of_its_own_name(lamp):
    noted = mark(lamp, "inspected", note="By the house.", room="Attic")

    event = Event.of(lamp).last()
    assert noted.room == "Attic"
    assert (event.action, event.actor, event.note) == ("inspected", None, "By the house.")
    assert event.changes == {"room": [None, "Attic"]}


def test_a_mark_may_change_nothing_and_is_in_the_history_all_the_same(lamp):
    noted = mark(lamp, "inspected")

    assert [event.action for event in Event.of(lamp)] == ["created", "inspected"]
    assert noted.version == lamp.version + 1


def test_what_is_noted_once_is_not_noted_again(lamp):
    already = lambda fresh: Event.of(fresh).filter(action="inspected").exists()  # noqa: E731

    first = mark(lamp, "inspected", unless=already)
    second = mark(lamp, "inspected", unless=already)

    assert first is not None
    assert second is None
    assert Event.of(lamp).filter(action="inspected").count() == 1


def test_a_mark_is_held_to_the_fields_own_rules(lamp):
    with pytest.raises(InvalidInput):
        mark(lamp, "inspected", room="x" * 41)

    assert Event.of(lamp).count() == 1


def test_nothing_is_noted_about_what_is_not_there(ann, db):
    with pytest.raises(NotFound):
        mark(Lamp(pk=987_654), "inspected")
