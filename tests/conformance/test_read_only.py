"""The status, what a transition owns and the bookkeeping are shown, and refused when sent."""

import pytest

from core.lifecycle import owned_fields
from core.models.record import BOOKKEEPING
from tests.conformance.calls import call_of
from tests.conformance.discovery import every_creation, every_surface

pytestmark = pytest.mark.once


def shown_only(route):
    return {name for name, field in route.serializer().fields.items() if field.read_only}


def row(item):
    """The columns as they are in the database."""
    return type(item).objects.filter(pk=item.pk).values().get()


def refused(answer):
    assert answer.status_code == 400
    return {error["field"] for error in answer.json()["errors"] if error["code"] == "read_only"}


@every_surface("retrieve")
def test_what_belongs_to_transitions_is_only_shown(surface):
    route = surface.routes["retrieve"]
    ours = owned_fields(surface.model) | BOOKKEEPING | {"created_by"}

    assert route.serializer().fields.keys() & ours <= shown_only(route)


@every_creation()
def test_a_new_one_refuses_each_field_that_is_only_shown(people, api, route):
    call, fields = call_of(route, people), shown_only(route)
    before = route.makes.objects.count()

    answer = call.send_with(api(call.by), **dict.fromkeys(fields, "x"))

    assert refused(answer) == fields
    assert route.makes.objects.count() == before


@every_surface("partial_update")
def test_an_edit_refuses_each_field_that_is_only_shown(people, api, surface):
    for method in ("partial_update", "update"):
        route = surface.routes[method]
        call, fields = call_of(route, people), shown_only(route)
        before = row(call.item)

        answer = call.send_with(api(call.by), **dict.fromkeys(fields, "x"))

        assert refused(answer) == fields
        assert row(call.item) == before


@every_surface("partial_update")
def test_even_the_same_status_is_refused(people, api, surface):
    call = call_of(surface.routes["partial_update"], people)
    if not owned_fields(surface.model):
        return

    assert refused(call.send_with(api(call.by), status=call.item.status)) == {"status"}
