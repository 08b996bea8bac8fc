"""Finds what has to conform: every route of the resolver, every viewset, every lifecycle, every admin."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.admindocs.views import simplify_regex
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver

from core.admin.records import RecordAdmin

PERFORM = "perform_"
OPEN_TO_EVERYBODY = {
    "/api/auth/login/",
    "/api/auth/password/reset/",
    "/api/auth/password/reset/confirm/",
    "/api/auth/refresh/",
    "/api/auth/register/",
    "/api/docs/",
    "/api/schema/",
}
"""What the API answers to those who have not signed in."""

CONVERTER = re.compile(r"<\w+:(\w+)>")


@dataclass(frozen=True)
class Route:
    """One method at one address, such as `POST /api/lamps/<pk>/light/`."""

    method: str
    pattern: str
    view: type | None = None
    action: str = ""
    serializer: type | None = None

    def __str__(self) -> str:
        return f"{self.method} {self.pattern}"

    @property
    def is_api(self) -> bool:
        return self.pattern.startswith("/api/")

    @property
    def model(self) -> type[Model] | None:
        return getattr(self.view, "model", None)

    @property
    def transition(self) -> str | None:
        """The transition that it performs."""
        is_one = self.action.startswith(PERFORM)
        return self.action.removeprefix(PERFORM) if is_one else None

    @property
    def below(self) -> type[Model] | None:
        """The model of the rows below an item that it lists or makes, as in `…/<pk>/comments/`."""
        model = getattr(getattr(self.serializer, "Meta", None), "model", None)
        return model if "<pk>" in self.pattern and model is not self.model else None

    @property
    def makes(self) -> type[Model] | None:
        """The model of which it creates a row."""
        if self.method == "POST":
            return self.model if self.action == "create" else self.below
        return None


@dataclass(frozen=True)
class Surface:
    """One viewset with its routes by action."""

    viewset: type
    routes: Mapping[str, Route]

    def __str__(self) -> str:
        shortest = min((each.pattern for each in self.routes.values()), key=len)
        return shortest.removesuffix("<pk>/").strip("/").rpartition("/")[2]

    @property
    def model(self) -> type[Model]:
        return self.viewset.model

    def url(self, action: str, key: object = "") -> str:
        return self.routes[action].pattern.replace("<pk>", str(key))


@cache
def routes() -> tuple[Route, ...]:
    """Every method of every address, in the order of the resolver."""
    return tuple(dict.fromkeys(_below(get_resolver().url_patterns, "")))


def api_routes(*methods: str) -> list[Route]:
    """Those under `/api/`."""
    return [each for each in routes() if each.is_api and (not methods or each.method in methods)]


@cache
def surfaces() -> tuple[Surface, ...]:
    """Every viewset of a model."""
    found: dict[type, dict[str, Route]] = {}
    for route in api_routes():
        if route.model is not None:
            found.setdefault(route.view, {})[route.action] = route
    return tuple(Surface(viewset, actions) for viewset, actions in found.items())


def every_surface(*actions: str) -> pytest.MarkDecorator:
    """Runs the test for every viewset that has all these actions."""
    having = [each for each in surfaces() if set(actions) <= set(each.routes)]
    return pytest.mark.parametrize("surface", having, ids=str)


def every_creation() -> pytest.MarkDecorator:
    """Runs the test for every route that creates a row, also below an item."""
    creating = [each for each in api_routes("POST") if each.makes]
    return pytest.mark.parametrize("route", creating, ids=str)


def lists_below() -> list[Route]:
    """Every list of rows below an item that one can add to."""
    added_to = {each.pattern for each in api_routes("POST") if each.below}
    return [each for each in api_routes("GET") if each.pattern in added_to]


def every_api_route(*methods: str, besides: Collection[str] = ()) -> pytest.MarkDecorator:
    """Runs the test for every route under `/api/` with one of these methods."""
    chosen = [each for each in api_routes(*methods) if each.pattern not in besides]
    return pytest.mark.parametrize("route", chosen, ids=str)


def surface_of(model: type[Model]) -> Surface | None:
    """Where the API shows this model."""
    return next((each for each in surfaces() if each.model is model), None)


def record_admins() -> list[RecordAdmin]:
    """Every admin page of records."""
    return [each for each in admin.site._registry.values() if isinstance(each, RecordAdmin)]


def _below(patterns: list[Any], prefix: str) -> Iterator[Route]:
    for each in patterns:
        whole = prefix + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from _below(each.url_patterns, whole)
        elif isinstance(each, URLPattern):
            yield from _methods(CONVERTER.sub(r"<\1>", simplify_regex(whole)), each.callback)


def _methods(pattern: str, view: Any) -> Iterator[Route]:
    cls = getattr(view, "cls", None)
    if actions := getattr(view, "actions", None):
        for method, action in actions.items():
            if method != "head":
                yield Route(method.upper(), pattern, cls, action, _serializer(view, action))
    elif cls:
        for method in ("get", "post", "put", "patch", "delete"):
            if hasattr(cls, method):
                yield Route(method.upper(), pattern, cls)
    else:
        yield from (Route(method, pattern) for method in ("GET", "POST"))


def _serializer(view: Any, action: str) -> type | None:
    instance = view.cls(**view.initkwargs, action=action, request=None)
    has_one = getattr(instance, "serializer_class", None) is not None
    return instance.get_serializer_class() if has_one else None
