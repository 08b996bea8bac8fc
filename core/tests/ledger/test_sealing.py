"""Each event seals the one before it, whatever its words are."""

import json

import pytest
from django.db.models import TextField
from django.db.models.functions import Cast
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from core.ledger.recomputing import recompute
from core.lifecycle import remove
from core.models import Event
from core.sealing import digest
from tests.lamps.models import Lamp

pytestmark = pytest.mark.django_db

NUMBERS = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
VALUES = st.recursive(
    st.none() | st.booleans() | NUMBERS | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
    max_leaves=8,
)


def test_the_events_of_a_subject_are_numbered_and_each_names_the_seal_before_it(lamps):
    created, changed, lit, smashed = Event.of(lamps[0])

    assert [each.sequence for each in Event.of(lamps[0])] == [1, 2, 3, 4]
    assert created.previous_hash == ""
    assert [changed.previous_hash, lit.previous_hash, smashed.previous_hash] == [
        created.hash,
        changed.hash,
        lit.hash,
    ]


def test_equal_words_have_different_seals(lamps):
    salts = {each.salt for each in Event.objects.all()}

    assert len(salts) == Event.objects.count()


def test_what_is_removed_keeps_its_chain(lamps, monkeypatch):
    monkeypatch.setattr(Lamp, "removable", Lamp.editable)

    remove(lamps[10], actor=None)

    assert list(Event.of(lamps[10]).values_list("sequence", "action")) == [
        (1, "created"),
        (2, "deleted"),
    ]
    (state,) = recompute([Event.objects.latest("pk").pk])
    assert state.events == Event.objects.count()


def test_many_at_once_follow_one_another_too(lamps):
    more = list(Event.of(lamps[0])) + list(Event.of(lamps[1]))
    for event in more:
        event.pk = None
    Event.objects.bulk_create(more)

    (state,) = recompute([Event.objects.latest("pk").pk])

    assert state.events == Event.objects.count()
    assert Event.of(lamps[0]).last().sequence == 8


@settings(
    max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@example({"big": 1e22, "largest": 1.7976931348623157e308, "least": 5e-324, "nought": -0.0})
@example({"whole": 1.0, "exact": 2**70, "ten": 0.1, "z": {"b": 1, "a": [True, None]}})
@given(st.dictionaries(TEXT, VALUES))
def test_the_database_gives_back_what_was_sealed(db, values):
    """PostgreSQL orders keys and writes numbers in its own way."""
    event = Event(subject_type="some.thing", subject_id="1", action="said", changes=values)
    event.save()
    stored = Event.objects.annotate(words=Cast("changes", TextField())).get(pk=event.pk)

    assert digest("salt", "", stored.words) == digest("salt", "", json.dumps(values))


def test_an_empty_ledger_is_in_order():
    (state,) = recompute([0])

    assert (state.events, state.subjects) == (0, 0)
