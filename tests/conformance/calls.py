"""A valid call of each route: where, by whom, with which body; and how to get an item to a transition."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Model
from rest_framework.test import APIClient

from accounts.models import User
from core import clock
from core.api.serializers import RelatedRecordField
from core.lifecycle import available, declared, offered, perform
from core.models import Record
from tests.conformance.discovery import Route, Surface, surface_of
from tests.conformance.examples import BODIES, ITEMS, PLACES, WHO, example_of
from tests.conformance.people import People

WRITES = ("POST", "PATCH", "PUT")


@dataclass(frozen=True)
class Call:
    """A route with everything that it takes to answer with success."""

    method: str
    url: str
    by: User
    body: Mapping[str, Any]
    item: Model | None = None

    def send(self, client: APIClient, *, query: str = "", **headers: Any) -> Any:
        """The answer to the call as it is."""
        return self.send_bytes(client, as_json(self.body), query=query, **headers)

    def send_with(self, client: APIClient, **more: Any) -> Any:
        """The answer to the call with more in its body."""
        return self.send_bytes(client, as_json({**self.body, **more}))

    def send_bytes(
        self,
        client: APIClient,
        body: bytes,
        *,
        content_type: str = "application/json",
        query: str = "",
        **headers: Any,
    ) -> Any:
        raw = body if self.method in WRITES else b""
        return client.generic(self.method, self.url + query, raw, content_type, headers=headers)


def call_of(route: Route, people: People) -> Call:
    """A valid call of this route, on an example of its model."""
    if route.model is None:
        body = BODIES.get(str(route), lambda people: {})(people)
        return Call(route.method, _placed(route.pattern, people), people.ann, body)
    example = example_of(route.model)
    make = example.ready.get(route.action)
    item = make(people) if make else people.standing.get(route.model) or example.make(people)
    url = route.pattern.replace("<pk>", str(item.pk))
    who = WHO.get(route.action, example_of(route.makes or route.model).who)
    by = getattr(people, who)
    if route.below and not sees(by, item):
        by = getattr(people, example.who)  # whoever has the item may hang something on it
    return Call(route.method, url, by, _body(route, item, people), item)


def call_of_transition(surface: Surface, item: Record, name: str, by: User, people: People) -> Call:
    url = surface.url(f"perform_{name}", item.pk)
    return Call("POST", url, by, inputs_as_json(surface.model, name, people), item)


def inputs(model: type[Model], name: str, people: People) -> dict[str, Any]:
    """A value for each input of a transition, also the optional ones."""
    example = example_of(model)
    return {asked: example.inputs[asked](people) for asked in declared(model)[name].inputs}


def inputs_as_json(model: type[Model], name: str, people: People) -> dict[str, Any]:
    return {asked: _written(value) for asked, value in inputs(model, name, people).items()}


def whole(surface: Surface, item: Model, by: User) -> dict[str, Any]:
    """What a PUT that changes nothing sends: every writable field as it is."""
    serializer = surface.viewset(action="update", request=None).get_serializer_class()
    shown = serializer(item, context={"actor": by})
    return {
        name: _sent(field, shown.data[name])
        for name, field in shown.fields.items()
        if not field.read_only and name in shown.data
    }


def arrive(item: Record, name: str, people: People) -> tuple[Record, User]:
    """The item where somebody may perform this transition, and who; others get it there, or FlowTrack."""
    model = type(item)
    for step in _way(model, item.status, name):
        is_internal = declared(model)[step].is_internal
        actor = None if is_internal else _somebody(item, step, people)
        item = perform(item, step, actor=actor, **inputs(model, step, people))
    item = item if _able(item, name, people) else _made_possible(item, name, people)
    return item, _somebody(item, name, people)


def as_json(body: Mapping[str, Any]) -> bytes:
    return json.dumps(body).encode()


def _body(route: Route, item: Model, people: People) -> Mapping[str, Any]:
    example = example_of(route.model)
    if route.action in example.bodies:
        return example.bodies[route.action](people)
    if route.makes:
        fields = route.serializer().fields
        body = example_of(route.makes).body(people)
        return {name: value for name, value in body.items() if not fields[name].read_only}
    if route.transition:
        return inputs_as_json(route.model, route.transition, people)
    match route.action:
        case "partial_update":
            return example.edit
        case "update":
            by = getattr(people, example.who)
            return {**whole(surface_of(route.model), item, by), **example.edit}
        case "bulk_transitions":
            name = next(iter(offered(route.model)))
            own = {"transition": name, "ids": [str(item.pk)]}
            return {**own, **inputs_as_json(route.model, name, people)}
    return {}


def _written(value: Any) -> Any:
    """As JSON has it: a row by its key, a moment by its timestamp."""
    if isinstance(value, Model):
        return value.pk
    return clock.timestamp(value) if isinstance(value, datetime) else value


def _placed(pattern: str, people: People) -> str:
    for name, make in ITEMS.items():
        if name in pattern:
            pattern = pattern.replace(name, make(people).reference)
    for name, value in PLACES.items():
        pattern = pattern.replace(name, value)
    return pattern


def _sent(field: Any, value: Any) -> Any:
    return value["id"] if isinstance(field, RelatedRecordField) and value else value


def sees(person: User, item: Model) -> bool:
    """Whether it exists for this person."""
    return bool(type(item).objects.for_user(person).filter(pk=item.pk).exists())


def _able(item: Record, name: str, people: People) -> User | None:
    """The first who may perform this transition now."""
    seen_by = (each for each in people if sees(each, item))
    return next((each for each in seen_by if name in available(item, each)), None)


def _somebody(item: Record, name: str, people: People) -> User:
    able = _able(item, name, people)
    assert able, (
        f"Nobody among the people of conformance may {name} {item!r}, which is {item.status}."
    )
    return able


def _made_possible(item: Record, name: str, people: People) -> Record:
    """After one step that leaves the status as it is but meets a condition, as merging does for unmerging."""
    model = type(item)
    for step in (each.name for each in offered(model).values() if not each.targets):
        if by := _able(item, step, people):
            with transaction.atomic():
                moved = perform(item, step, actor=by, **inputs(model, step, people))
                if _able(moved, name, people):
                    return moved
                transaction.set_rollback(True)
    return item


def _way(model: type[Record], start: str, name: str) -> list[str]:
    """The fewest transitions that lead from a status to one where this transition starts."""
    ways: dict[str, list[str]] = {start: []}
    for status in (known := [start]):
        if status in declared(model)[name].sources:
            return ways[status]
        for step in sorted(declared(model).values(), key=lambda each: each.is_internal):
            if status in step.sources and step.target and step.target not in ways:
                ways[step.target] = [*ways[status], step.name]
                known.append(step.target)
    raise AssertionError(f"No way from {start} to a status where {name} starts.")
