"""What one may not see does not exist: no row, no count, no difference to an absent id."""

import pytest

from core.api.serializers import RelatedRecordField
from core.lifecycle import declared
from tests.conformance.calls import WRITES, as_json, call_of, sees
from tests.conformance.discovery import api_routes, every_api_route, surfaces
from tests.conformance.examples import example_of

OPEN_TO_EVERYBODY = {
    "/api/auth/register/",
    "/api/auth/login/",
    "/api/auth/refresh/",
    "/api/auth/password/reset/",
    "/api/auth/password/reset/confirm/",
    "/api/schema/",
    "/api/docs/",
}
ABSENT = {"uuid": "00000000-0000-4000-8000-000000000000", "int": "987654321"}
SAME_REQUEST = {"X-Request-ID": "the-same"}


def hiding(action):
    """Runs the test for every viewset whose rows zoe does not see."""
    found = [each for each in surfaces() if action in each.routes]
    found = [each for each in found if example_of(each.model).stranger == 404]
    return pytest.mark.parametrize("surface", found, ids=str)


def absent_key(item):
    return ABSENT["uuid" if "-" in str(item.pk) else "int"]


@hiding("list")
def test_a_list_has_neither_row_nor_count_for_a_stranger(people, api, surface):
    zoe, url = api(people.zoe), f"{surface.url('list')}?include=count&limit=100"
    before = zoe.get(url).json()

    item = example_of(surface.model).make(people)

    after = zoe.get(url).json()
    assert after.get("count") == before.get("count")
    assert str(item.pk) not in {str(row["id"]) for row in after.get("results", [])}


@hiding("export")
def test_an_export_has_no_row_for_a_stranger(people, api, surface):
    zoe, url = api(people.zoe), surface.url("export")
    before = b"".join(zoe.get(url))

    example_of(surface.model).make(people)

    assert b"".join(zoe.get(url)) == before


BY_ID = [each for each in api_routes() if "<pk>" in each.pattern]
HIDING = [each for each in BY_ID if example_of(each.model).stranger != 200]


@pytest.mark.parametrize("route", HIDING, ids=str)
def test_hidden_and_absent_get_the_same_bytes(people, api, route):
    call, zoe = call_of(route, people), api(people.zoe)
    absent = route.pattern.replace("<pk>", absent_key(call.item))

    to_hidden = call.send(zoe, **SAME_REQUEST)
    to_absent = zoe.generic(
        route.method, absent, as_json(call.body), "application/json", headers=SAME_REQUEST
    )

    assert to_hidden.status_code == example_of(route.model).stranger
    assert to_hidden.content == to_absent.content
    assert to_hidden.headers == to_absent.headers


@hiding("bulk_transitions")
def test_bulk_answers_for_hidden_and_absent_alike(people, api, surface):
    item = example_of(surface.model).make(people)
    call = call_of(surface.routes["bulk_transitions"], people.with_zoe_for_ann())

    answer = call.send_with(api(people.zoe), ids=[str(item.pk), absent_key(item)])

    for_hidden, for_absent = answer.json()["results"]
    assert (for_hidden["ok"], for_hidden["status"]) == (False, 404)
    assert for_hidden["problem"] == for_absent["problem"]


def related_inputs():
    """Every body in which a row of a model that hides rows can be named."""
    for surface in surfaces():
        for action, route in surface.routes.items():
            if route.method in WRITES and action != "bulk_transitions":
                for name, model in _named_in(surface, route):
                    if example_of(model).stranger != 200:
                        yield pytest.param(route, name, model, id=f"{route} {name}")


def _named_in(surface, route):
    if route.transition:
        for asked in declared(surface.model)[route.transition].inputs.values():
            if asked.field.related_model:
                yield asked.name, asked.field.related_model
        return
    for name, field in (route.serializer().fields if route.serializer else {}).items():
        if isinstance(field, RelatedRecordField) and not field.read_only:
            yield name, field.model


@pytest.mark.parametrize(("route", "name", "model"), list(related_inputs()))
def test_a_related_row_out_of_sight_is_refused_like_an_absent_one(people, api, route, name, model):
    call = call_of(route, people)
    out_of_sight = example_of(model).make(people.with_zoe_for_ann())
    could_ask = [each for each in people if "<pk>" not in route.pattern or sees(each, call.item)]
    asking = next((each for each in could_ask if not sees(each, out_of_sight)), None)
    if asking is None:  # whoever comes so far sees them all
        return
    client = api(asking)

    for_hidden = call.send_with(client, **{name: out_of_sight.pk})
    for_absent = call.send_with(client, **{name: int(ABSENT["int"])})

    assert for_hidden.status_code == for_absent.status_code == 400
    assert for_hidden.json()["errors"] == for_absent.json()["errors"]
    assert (name, "does_not_exist") in {
        (each["field"], each["code"]) for each in for_hidden.json()["errors"]
    }


@every_api_route(besides=OPEN_TO_EVERYBODY)
def test_nobody_gets_in_without_signing_in(people, api, route):
    answer = call_of(route, people).send(api(None))

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["code"] == "not_authenticated"
