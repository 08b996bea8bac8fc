"""Every lifecycle survives a random walk: what was announced happens, and nothing else does.

`WALKS=100 pytest tests/conformance/test_lifecycles.py` takes its time.
"""

import os

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from core.errors import NotFound, NotPermitted, Refused, WrongStatus
from core.lifecycle import available, declared, offered, perform, transitions
from core.models import Event
from core.registry import lifecycles
from tests.conformance.calls import inputs
from tests.conformance.discovery import surface_of
from tests.conformance.examples import example_of

FLOWTRACK = None
NOTES = ["", "Agreed by phone.", "=1+1, “naïve” 🙂"]
LONGEST = 8
walking = settings(
    max_examples=int(os.environ.get("WALKS", "4")),
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


def seen_by(item, person):
    """The item as this person's list shows it, or None."""
    rows = type(item).objects
    scoped = rows.all() if person is FLOWTRACK else rows.for_user(person)
    return scoped.for_display().filter(pk=item.pk).first()


def announced(item, name, person):
    """The kind of refusal to expect, or None."""
    seen = seen_by(item, person)
    if seen is None:
        return NotFound
    option = next(each for each in transitions(seen, person) if each.transition.name == name)
    assert option.allowed is (name in available(seen, person))
    return type(option.refusal) if option.refusal else None


def as_it_is(item):
    return type(item).objects.filter(pk=item.pk).values().get()


def attempt(item, name, person, note, given):
    """The kind of refusal, or None when it happened."""
    try:
        perform(item, name, actor=person, note=note, **given)
    except Refused as refused:
        return type(refused)
    return None


def possible_steps(item, everybody):
    """Every transition and person that together are announced as possible."""
    for person in everybody:
        seen = seen_by(item, person)
        for name in available(seen, person) if seen else ():
            yield name, person


def steps_of(item, person):
    """What this person is offered; FlowTrack itself has some of its own besides."""
    return declared(type(item)) if person is FLOWTRACK else offered(type(item))


def next_step(data, item, everybody):
    """Anything by anybody, or something that is possible, so that walks also get far."""
    possible = list(possible_steps(item, everybody)) if data.draw(st.booleans()) else []
    anything = [(name, person) for person in everybody for name in steps_of(item, person)]
    return data.draw(st.sampled_from(possible or anything))


def happened_as_declared(before, item, name, person, note):
    after, event = as_it_is(item), Event.of(item).last()
    targets = declared(type(item))[name].targets or (before["status"],)
    assert after["status"] in targets
    assert after["version"] == before["version"] + 1
    assert (event.action, event.source, event.target) == (name, before["status"], after["status"])
    assert (event.actor, event.note) == (person, note)
    return True


@pytest.mark.parametrize("model", lifecycles(), ids=lambda model: model.__name__)
@walking
@given(data=st.data())
def test_a_walk_of_anybody_through_a_lifecycle(people, api, model, data):
    everybody, admin = [*people, FLOWTRACK], api(people.ada)
    with transaction.atomic():
        item = example_of(model).make(people)
        for _ in range(data.draw(st.integers(1, LONGEST))):
            name, person = next_step(data, item, everybody)
            note = data.draw(st.sampled_from(NOTES))
            expected, before = announced(item, name, person), as_it_is(item)
            events = Event.of(item).count()

            got = attempt(item, name, person, note, inputs(model, name, people))

            assert got == expected
            assert Event.of(item).count() == events + (got is None)
            if got is None:
                assert happened_as_declared(before, item, name, person, note)
            else:
                assert as_it_is(item) == before
            assert admin.get(surface_of(model).url("retrieve", item.pk)).status_code == 200
        transaction.set_rollback(True)


@pytest.mark.parametrize("model", lifecycles(), ids=lambda model: model.__name__)
def test_what_is_flowtracks_own_nobody_else_does(people, model):
    item = example_of(model).make(people)

    for name in declared(model).keys() - offered(model).keys():
        with pytest.raises((NotPermitted, WrongStatus)):
            perform(item, name, actor=people.ada, **inputs(model, name, people))


@pytest.mark.parametrize("model", lifecycles(), ids=lambda model: model.__name__)
def test_a_record_begins_with_one_event(people, model):
    item = example_of(model).make(people)

    assert [event.action for event in Event.of(item)] == ["created"]
    assert as_it_is(item)["version"] == 1
