"""Nothing that is sent is silently ignored: unknown parameters, fields and values are named."""

from urllib.parse import quote

import pytest
from django_filters import CharFilter
from django_filters.rest_framework import FilterSet

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
def test_a_write_takes_no_parameters_and_no_unknown_field(people, api, route):
    call = call_of(route, people)
    client = api(call.by)

    assert named(call.send(client, query="?limit=1")) == {"limit": "unknown_parameter"}
    assert named(call.send_with(client, surprise=1)) == {"surprise": "unknown"}


@every_surface("list")
def test_what_a_list_does_not_know_is_named(people, api, surface):
    call = call_of(surface.routes["list"], people)
    client = api(call.by)

    for name in ("limit", "cursor", "ordering"):
        answer = call.send(client, query=f"?{name}=1&{name}=2")
        assert named(answer) == {name: "repeated_parameter"}
    for query in ("limit=0", "limit=101", "limit=x", "ordering=x", "include=x"):
        answer = call.send(client, query=f"?{query}")
        assert set(named(answer)) == {query.partition("=")[0]}, query
    answer = call.send(client, query="?cursor=x")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid_cursor")


def filterset_of(surface):
    return getattr(surface.viewset, "filterset_class", None)


def filters():
    """Every filter with a closed set of values."""
    for surface in surfaces():
        filterset = filterset_of(surface)
        for name, each in filterset.base_filters.items() if filterset else ():
            if not isinstance(each, SearchFilter | CharFilter):
                yield pytest.param(surface, name, id=f"{surface} {name}")


@pytest.mark.parametrize("surface", [each for each in surfaces() if filterset_of(each)], ids=str)
def test_only_filters_that_say_so_act_unasked(db, surface):
    """The others are not even made where nobody asks for them."""
    kind, rows = filterset_of(surface), surface.model._default_manager.all()
    every = kind({}, rows)
    del every.base_filters  # the narrowed ones; those of the class are left
    FilterSet.__init__(every, {}, rows)

    assert every.is_valid()
    for name, each in every.filters.items():
        filtered = each.filter(rows, every.form.cleaned_data[name])
        unchanged = str(filtered.query) == str(rows.query)
        assert unchanged != getattr(each, "acts_unasked", False), name


@pytest.mark.parametrize(("surface", "name"), list(filters()))
def test_a_filter_refuses_what_it_does_not_know(people, api, surface, name):
    call = call_of(surface.routes["list"], people)
    client = api(call.by)

    for value in ("∅", "1' OR '1'='1"):
        assert set(named(call.send(client, query=f"?{name}={quote(value)}"))) == {name}, value
