"""Nothing that is sent is silently ignored: unknown parameters, fields and values are named."""

from urllib.parse import quote

import pytest
from django_filters import CharFilter

from core.api.filters import SearchFilter
from tests.conformance.calls import WRITES, call_of
from tests.conformance.discovery import every_api_route, every_surface, surfaces

pytestmark = pytest.mark.once

PAGES = {"/api/schema/", "/api/docs/"}


def named(answer):
    """The fields that a 400 names."""
    assert answer.status_code == 400, answer.content
    return {error["field"]: error["code"] for error in answer.json()["errors"]}


@every_api_route("GET", besides=PAGES)
def test_an_unknown_parameter_is_named(people, api, route):
    call = call_of(route, people)

    assert named(call.send(api(call.by), query="?surprise=1")) == {"surprise": "unknown_parameter"}


@every_api_route(*WRITES)
def test_a_write_takes_no_parameters(people, api, route):
    call = call_of(route, people)

    assert named(call.send(api(call.by), query="?limit=1")) == {"limit": "unknown_parameter"}


@every_api_route(*WRITES)
def test_an_unknown_field_is_named(people, api, route):
    call = call_of(route, people)

    assert named(call.send_with(api(call.by), surprise=1)) == {"surprise": "unknown"}


@every_surface("list")
@pytest.mark.parametrize("name", ["limit", "cursor", "ordering"])
def test_a_parameter_is_given_once(people, api, surface, name):
    call = call_of(surface.routes["list"], people)

    answer = call.send(api(call.by), query=f"?{name}=1&{name}=2")

    assert named(answer) == {name: "repeated_parameter"}


@every_surface("list")
@pytest.mark.parametrize("query", ["limit=0", "limit=101", "limit=x", "ordering=x", "include=x"])
def test_an_unknown_value_is_named(people, api, surface, query):
    call = call_of(surface.routes["list"], people)

    assert set(named(call.send(api(call.by), query=f"?{query}"))) == {query.partition("=")[0]}


@every_surface("list")
def test_an_unknown_cursor_is_refused(people, api, surface):
    call = call_of(surface.routes["list"], people)

    answer = call.send(api(call.by), query="?cursor=x")

    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")


def filters():
    """Every filter with a closed set of values."""
    for surface in surfaces():
        filterset = getattr(surface.viewset, "filterset_class", None)
        for name, each in filterset.base_filters.items() if filterset else ():
            if not isinstance(each, SearchFilter | CharFilter):
                yield pytest.param(surface, name, id=f"{surface} {name}")


@pytest.mark.parametrize(("surface", "name"), list(filters()))
@pytest.mark.parametrize("value", ["∅", "1' OR '1'='1"])
def test_a_filter_refuses_what_it_does_not_know(people, api, surface, name, value):
    call = call_of(surface.routes["list"], people)

    assert set(named(call.send(api(call.by), query=f"?{name}={quote(value)}"))) == {name}
