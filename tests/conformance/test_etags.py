"""Every answer with one record carries its version; a write that names an old one changes nothing."""

import pytest

from core.api.viewsets import RemoveMixin
from core.lifecycle import declared
from core.models import Event
from tests.conformance.calls import arrive, call_of, call_of_transition
from tests.conformance.discovery import api_routes, every_creation, every_surface, surfaces
from tests.conformance.examples import example_of

pytestmark = pytest.mark.once

REMOVALS = [
    each
    for each in api_routes("DELETE")
    if each.action == "destroy" and issubclass(each.view, RemoveMixin)
]
EDITS = [
    each
    for each in api_routes("PATCH", "PUT")
    if each.model and each.action in {"update", "partial_update"}
]
MOVES = [
    pytest.param(surface, name, id=f"{surface} {name}")
    for surface in surfaces()
    for name in declared(surface.model)
    if f"perform_{name}" in surface.routes
]


def tag(item):
    return f'"{item.pk}-{item.version}"'


def as_it_is(item):
    """Its columns, and how much has happened to it."""
    row = type(item).objects.filter(pk=item.pk).values().get()
    return row, Event.of(item).count()


@every_surface("retrieve")
def test_a_record_is_shown_with_its_version(people, api, surface):
    call = call_of(surface.routes["retrieve"], people)

    answer = call.send(api(call.by))

    assert answer["ETag"] == tag(call.item)
    assert "no-store" in answer["Cache-Control"] or "no-cache" in answer["Cache-Control"]


@every_creation()
def test_a_new_record_is_shown_with_its_version_and_its_place(people, api, route):
    call = call_of(route, people)
    client = api(call.by)

    answer = call.send(client)

    assert answer.status_code == 201
    shown = client.get(answer["Location"])
    made = answer.json()
    for secret in getattr(route.view, "shown_once", ()):
        assert made.pop(secret)
    assert (shown["ETag"], shown.json()) == (answer["ETag"], made)


@pytest.mark.parametrize("route", EDITS, ids=str)
def test_an_edit_of_the_present_version_passes(people, api, route):
    call = call_of(route, people)

    answer = call.send(api(call.by), If_Match=tag(call.item))

    changed = type(call.item).objects.get(pk=call.item.pk)
    assert (answer.status_code, answer["ETag"]) == (200, tag(changed))
    assert changed.version == call.item.version + 1


@pytest.mark.parametrize("route", EDITS, ids=str)
def test_an_edit_of_another_version_changes_nothing(people, api, route):
    call = call_of(route, people)
    client, before = api(call.by), as_it_is(call.item)
    version = call.item.version

    for old in (
        f'"{call.item.pk}-{version - 1}"',
        f'"0-{version}"',
        "nonsense",
        f"W/{tag(call.item)}",
    ):
        answer = call.send(client, If_Match=old)

        assert (answer.status_code, answer.json()["code"]) == (412, "stale_version"), old
    assert as_it_is(call.item) == before


@pytest.mark.parametrize("route", REMOVALS, ids=str)
def test_what_is_removed_is_gone_and_its_history_tells(people, api, route):
    call = call_of(route, people)
    before = Event.of(call.item).count()

    assert call.send(api(call.by), If_Match=tag(call.item)).status_code == 204

    assert not type(call.item).objects.filter(pk=call.item.pk).exists()
    assert call.send(api(call.by)).status_code == 404
    told = [(event.action, event.actor) for event in Event.of(call.item)]
    assert told[before:] == [("deleted", call.by)]


@pytest.mark.parametrize("route", REMOVALS, ids=str)
def test_what_changed_meanwhile_is_not_deleted(people, api, route):
    call = call_of(route, people)

    answer = call.send(api(call.by), If_Match=f'"{call.item.pk}-0"')

    assert answer.status_code == 412
    assert type(call.item).objects.filter(pk=call.item.pk).exists()


@pytest.mark.parametrize(("surface", "name"), MOVES)
def test_a_transition_happens_to_the_version_that_it_names(people, api, surface, name):
    item, by = arrive(example_of(surface.model).make(people), name, people)
    call, client, before = (
        call_of_transition(surface, item, name, by, people),
        api(by),
        as_it_is(item),
    )

    stale = call.send(client, If_Match=f'"{item.pk}-{item.version - 1}"')
    assert (stale.status_code, stale.json()["code"]) == (412, "stale_version")
    assert as_it_is(item) == before

    answer = call.send(client, If_Match=tag(item))
    moved = type(item).objects.get(pk=item.pk)
    assert (answer.status_code, answer["ETag"]) == (200, tag(moved))
    assert moved.version == item.version + 1
