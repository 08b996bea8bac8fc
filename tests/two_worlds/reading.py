"""Every address that can be read, with every filter and include that it has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.db.models import Model

from core.api.filters import PersonFilter, SearchFilter, StrictBooleanFilter
from core.api.item_filter import ItemFilter
from core.models import WorkItem
from dashboards.figures import FIGURES
from tests.conformance.discovery import OPEN_TO_EVERYBODY, Route, api_routes
from tests.conformance.examples import PLACES
from tests.isolation.naming import filters_of

Rows = Mapping[type[Model], list[Any]]
"""Keys of each model: of rows that are there, and of some that may come."""


def addresses(rows: Rows, *, words: list[str]) -> list[str]:
    """What there is to read about these rows, and by these words."""
    return [
        f"{place}{query}"
        for route in api_routes("GET")
        if route.pattern not in OPEN_TO_EVERYBODY  # the schema says the same to all
        for place in _places(route, rows)
        for query in _queries(route, rows, words)
    ]


def _places(route: Route, rows: Rows) -> Iterator[str]:
    if "<pk>" in route.pattern:
        yield from (route.pattern.replace("<pk>", str(key)) for key in rows.get(route.model, ()))
    elif "<reference>" in route.pattern:
        yield from (route.pattern.replace("<reference>", each) for each in _references(rows))
    elif "<figure>" in route.pattern:
        yield from (route.pattern.replace("<figure>", each) for each in FIGURES)
    else:
        assert not [place for place in PLACES if place in route.pattern]
        yield route.pattern


def _queries(route: Route, rows: Rows, words: list[str]) -> Iterator[str]:
    yield ""
    if route.model is None or "<pk>" in route.pattern:
        return
    view: Any = route.view(**getattr(getattr(route.view, route.action), "kwargs", {}))
    if route.action == "list":
        yield f"?include={','.join(sorted(view.includes))}"
        yield f"?limit=1&ordering=-{next(reversed(view.orderings))}"
    for name, each in filters_of(route).items():
        yield from (f"?{name}={value}" for value in _values(each, rows, words))


def _values(each: Any, rows: Rows, words: list[str]) -> list[Any]:
    if isinstance(each, SearchFilter):
        return words
    if isinstance(each, ItemFilter):
        return _references(rows)
    if isinstance(each, PersonFilter):
        return ["me"]
    return ["true", "false"] if isinstance(each, StrictBooleanFilter) else []


def _references(rows: Rows) -> list[str]:
    return [
        f"{model.reference_prefix}-{key}"
        for model, keys in rows.items()
        if issubclass(model, WorkItem) and model.reference_prefix
        for key in keys
    ]
