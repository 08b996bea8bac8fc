"""Where a body or a query names a row: found in the serializers and filters that the product has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from django.db.models import Model, UUIDField
from django_filters.utils import get_model_field
from drf_spectacular.generators import SchemaGenerator
from rest_framework import relations, serializers

from accounts.models import User
from core.api.bulk import ItemField
from core.api.filters import PersonFilter, ReferenceFilter, SearchFilter
from core.api.inputs import input_serializer
from core.api.item_filter import ItemFilter
from core.lifecycle import offered
from core.models import WorkItem
from core.models.attached import work_items
from files.serializers import SubjectField
from requests_app.models import ServiceRequest
from tests.conformance.calls import Call
from tests.conformance.discovery import Route, api_routes
from tests.conformance.examples import EXAMPLES
from tickets.models import Ticket
from tickets.serializers.links import LinkableField

HOLD_NO_IDS = {"answers", "file", "form", "holidays", "hours", "tags", "waits_in", "wip_limits"}
"""Free JSON and sheets in bodies. Whoever adds a field of this kind says here that it holds no ids."""

PLAIN = (
    serializers.BooleanField
    | serializers.CharField
    | serializers.ChoiceField
    | serializers.DateField
    | serializers.DateTimeField
    | serializers.FileField
    | serializers.IntegerField
    | serializers.TimeField
)
NAMING = ItemField | LinkableField | SubjectField | relations.RelatedField
ABSENT = {"uuid": "00000000-0000-4000-8000-000000000000", "int": 987654321}
ITEMS = "[]"
Path = tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """Where a body or a query names a row of a model."""

    route: Route
    path: Path
    model: type[Model]
    by_reference: bool = False
    transition: str = ""
    """Of which transition it is an input, where many items are named at once."""

    def __str__(self) -> str:
        named = ".".join([*filter(None, [self.transition]), *self.path])
        return f"{self.route} {named} {self.model.__name__}"

    @property
    def is_bulk_ids(self) -> bool:
        """Whether each row that is named here has an answer of its own."""
        return self.route.action == "bulk_transitions" and self.path == ("ids", ITEMS)

    def value(self, row: Model | None) -> Any:
        """What names this row, or none at all."""
        if row is None:
            return absent(self.model, by_reference=self.by_reference)
        return row.reference if self.by_reference and isinstance(row, WorkItem) else _key(row)

    def naming(self, call: Call, row: Model | None) -> Call:
        """The same call, naming this row here."""
        return replace(call, body=_put(dict(call.body), self.path, self.value(row)))


def absent(model: type[Model], *, by_reference: bool = False) -> Any:
    """What names no row of this model."""
    if by_reference and issubclass(model, WorkItem):
        return f"{model.reference_prefix}-{ABSENT['int']}"
    return ABSENT["uuid" if isinstance(model._meta.pk, UUIDField) else "int"]


@cache
def body_places() -> list[Place]:
    """Every field of every body that names a row, also nested and in lists."""
    return [
        place
        for route, serializer in bodies().items()
        for place in (*_of_fields(route, serializer), *_of_bulk_inputs(route))
    ]


@cache
def query_places() -> list[Place]:
    """Every filter of every list and export that names a row."""
    return [
        replace(place, path=(name,))
        for route in api_routes("GET")
        for name, each in filters_of(route).items()
        for place in _of_filter(route, each)
    ]


def exported_by_jobs() -> list[Place]:
    """Every filter that names a row, of every export that a job can do."""
    views = {each.view for each in api_routes("POST") if each.action == "exports"}
    having = [each for each in query_places() if each.route.view in views]
    return [each for each in having if each.route.action == "export"]


def searched() -> list[Route]:
    """Every list and export that can be searched by words."""
    having = api_routes("GET")
    return [
        each
        for each in having
        if any(isinstance(found, SearchFilter) for found in filters_of(each).values())
    ]


def filters_of(route: Route) -> Mapping[str, Any]:
    """By what the rows of this list can be narrowed."""
    filterset = _filterset(route)
    return filterset.base_filters if filterset else {}


@cache
def bodies() -> Mapping[Route, Any]:
    """The serializer of each body, as the API describes it."""
    generator = SchemaGenerator()
    generator._initialise_endpoints()
    described = {}
    for path, pattern, method, view in generator._get_paths_and_endpoints():
        view.schema.view, view.schema.method = view, method
        view.schema.path, view.schema.path_regex, view.schema.path_prefix = path, pattern, ""
        body = view.schema.get_request_serializer() if method not in {"GET", "DELETE"} else None
        body = (
            body["application/json"] if isinstance(body, Mapping) else body
        )  # a form says the same
        address = path.replace("{id}", "<pk>").replace("{", "<").replace("}", ">")
        described[f"{method} {address}"] = body() if isinstance(body, type) else body
    return {each: described[str(each)] for each in api_routes() if described.get(str(each))}


def kinds_that_may_name_rows() -> set[str]:
    """The names of the fields of bodies that are neither plain nor known to name a row."""
    return {
        path[-1]
        for serializer in bodies().values()
        for path, field in _fields(serializer, ())
        if not isinstance(field, PLAIN | NAMING)
    }


def _of_fields(route: Route, serializer: Any) -> Iterator[Place]:
    for path, each in _fields(serializer, ()):
        if isinstance(each, ItemField):
            yield Place(route, path, route.model)  # type: ignore[arg-type]
        elif isinstance(each, LinkableField):
            yield Place(route, path, Ticket, by_reference=True)
            yield Place(route, path, ServiceRequest, by_reference=True)
        elif isinstance(each, SubjectField):
            yield from _of_items(route, path)
        elif isinstance(each, relations.SlugRelatedField):
            continue  # a word, of a vocabulary that everybody reads
        elif isinstance(each, relations.RelatedField):
            yield Place(route, path, getattr(each, "model", None) or each.get_queryset().model)


def _of_bulk_inputs(route: Route) -> Iterator[Place]:
    """Named beside the ids of the items, for every transition that asks for a row."""
    if route.action == "bulk_transitions":
        for name in offered(route.model):
            for place in _of_fields(route, input_serializer(route.model, name)()):
                yield replace(place, transition=name)


def _of_filter(route: Route, each: Any) -> Iterator[Place]:
    if isinstance(each, PersonFilter):
        yield Place(route, (), User)
    elif isinstance(each, ReferenceFilter):
        named = get_model_field(_filterset(route)._meta.model, each.field_name)
        yield Place(route, (), named.related_model)
    elif isinstance(each, ItemFilter):
        yield from _of_items(route, ())
    elif (
        isinstance(each, SearchFilter) and each.by_reference and issubclass(_rows(route), WorkItem)
    ):
        yield Place(route, (), _rows(route), by_reference=True)


def _of_items(route: Route, path: Path) -> Iterator[Place]:
    """An item of any kind, by its reference."""
    for model in (model for model in work_items() if model in EXAMPLES):
        if model.reference_prefix:
            yield Place(route, path, model, by_reference=True)


def _filterset(route: Route) -> Any:
    if route.model is None:
        return None
    view: Any = route.view(**getattr(getattr(route.view, route.action), "kwargs", {}))
    answers_rows = route.action in {"list", "export"} or view.answers_many
    return view.filterset_class if answers_rows else None


def _rows(route: Route) -> Any:
    return route.below or route.model


def _fields(field: Any, path: Path) -> Iterator[tuple[Path, Any]]:
    """Every writable field below this one, with the way to it."""
    if getattr(field, "read_only", False):
        return
    if isinstance(field, relations.ManyRelatedField):
        yield from _fields(field.child_relation, (*path, ITEMS))
    elif isinstance(field, serializers.ListSerializer | serializers.ListField):
        yield from _fields(field.child, (*path, ITEMS))
    elif isinstance(field, serializers.DictField):
        yield from _fields(field.child, (*path, "any"))
    elif isinstance(field, serializers.BaseSerializer):
        for name, each in field.fields.items():
            yield from _fields(each, (*path, name))
    else:
        yield path, field


def _put(body: Any, path: Path, value: Any) -> Any:
    if not path:
        return value
    first, *rest = path
    if first == ITEMS:
        inner = body[0] if isinstance(body, list) and body else {}
        return [_put(inner, tuple(rest), value)]
    whole = dict(body) if isinstance(body, Mapping) else {}
    return {**whole, first: _put(whole.get(first, {}), tuple(rest), value)}


def _key(row: Model) -> Any:
    return row.pk if isinstance(row.pk, int) else str(row.pk)
