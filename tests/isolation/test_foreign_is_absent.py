"""What exists, but not for whoever asks, is answered as what does not exist: byte for byte.

Wherever an id can be given: in the path, in bodies, in queries. The places are found in the product; the
rows are zoe's, those that are archived, and for all who may not see it what ann has.
"""

import json
from dataclasses import replace

import pytest

from core.api.serializers import NothingSerializer
from core.models.attached import work_items
from files.exporting import rows_of
from notifications.subjects import subjects
from tests.conformance.calls import inputs_as_json
from tests.conformance.discovery import api_routes
from tests.conformance.examples import example_of
from tests.isolation.naming import (
    HOLD_NO_IDS,
    absent,
    bodies,
    body_places,
    exported_by_jobs,
    kinds_that_may_name_rows,
    query_places,
    searched,
)
from tests.isolation.tables import SIGHT
from tests.isolation.world import PRINCIPALS, WORDS

pytestmark = [pytest.mark.once, pytest.mark.django_db]

SIGNED_IN = [who for who in PRINCIPALS if who != "anonymous"]
BY_ID = [each for each in api_routes() if "<pk>" in each.pattern]
BY_REFERENCE = [each for each in api_routes() if "<reference>" in each.pattern]
ABSENT_WORD = "quartermaster"


def unseen(world, who, model):
    """What is out of this principal's sight; `sight.txt` says when that is nothing.

    Whoever sees nothing of a model is asked about ann's row alone; others about zoe's, and what is archived.
    """
    rows, sight = world.unseen(who, model), SIGHT.rows[model.__name__][who]
    assert bool(rows) == (sight != "all")
    return rows[:1] if sight == "none" else rows


def placed(world, route, key):
    return replace(world.calls[route], url=route.pattern.replace("<pk>", str(key)))


@pytest.mark.parametrize("route", BY_ID, ids=str)
def test_in_the_path(world, route):
    closed = example_of(route.model).stranger == 403  # nobody but admins comes as far as the rows
    for who in SIGNED_IN:
        nothing = world.ask(who, placed(world, route, absent(route.model)))

        assert nothing.status == (403 if closed and who != "admin" else 404)
        assert not nothing.wrote
        for row in unseen(world, who, route.model):
            is_anns = row == world.rows[route.model][0]
            call = placed(world, route, row.pk)
            foreign = world.answer(who, route) if is_anns else world.ask(who, call)
            assert foreign.told == nothing.told


@pytest.mark.parametrize("route", BY_REFERENCE, ids=str)
def test_in_a_path_that_takes_references(world, route):
    for model in (each for each in work_items() if each in world.rows and each.reference_prefix):
        for who in SIGNED_IN:
            urls = [route.pattern.replace("<reference>", absent(model, by_reference=True))]
            rows = unseen(world, who, model)
            urls += [route.pattern.replace("<reference>", row.reference) for row in rows]
            answers = [world.ask(who, replace(world.calls[route], url=url)).told for url in urls]
            assert answers == answers[:1] * len(answers)
            assert answers[0][0] == 404


@pytest.mark.parametrize("place", body_places(), ids=str)
def test_in_a_body(world, place):
    call = call_of_place(world, place)
    for who in SIGNED_IN:
        own = world.answer(who, place.route).status
        rows = unseen(world, who, place.model)
        if not rows or own == 404:  # all is in sight, or the item in the path is not
            continue
        nothing = world.ask(who, place.naming(call, None))
        for row in rows if own < 300 else rows[:1]:
            foreign = world.ask(who, place.naming(call, row))

            assert told(place, foreign, row) == told(place, nothing, None)
            assert not foreign.wrote
        if own < 300:
            assert_refused(place, nothing)


@pytest.mark.parametrize("place", query_places(), ids=str)
def test_in_a_query(world, place):
    for who in SIGNED_IN:
        rows = unseen(world, who, place.model)
        if not rows or world.answer(who, place.route).status != 200:
            continue
        answers = [
            world.ask(who, world.calls[place.route], query=f"?{place.path[0]}={place.value(row)}")
            for row in (None, *rows)
        ]
        for foreign in answers[1:]:
            assert foreign.told == answers[0].told


@pytest.mark.parametrize("place", exported_by_jobs(), ids=str)
def test_in_the_query_of_an_export_by_a_job(world, place):
    for who in SIGNED_IN:
        asked = [f"{place.path[0]}={place.value(row)}" for row in unseen(world, who, place.model)]
        nothing, *foreign = [
            list(rows_of(place.route.view, query, world.principals[who]).values_list("pk"))
            for query in (f"{place.path[0]}={place.value(None)}", *asked)
        ]
        assert foreign == [nothing] * len(foreign)


@pytest.mark.parametrize("model", subjects().values(), ids=str)
def test_in_what_was_read(world, model):
    route = next(each for each in api_routes() if each.action == "read_many")
    for who in SIGNED_IN:
        rows = unseen(world, who, model) if getattr(model, "reference_prefix", "") else ()
        asked = [{"item": row.reference} for row in rows]
        nothing, *foreign = [
            world.ask(who, replace(world.calls[route], body=body)).told
            for body in ({"item": absent(model, by_reference=True)}, *asked)
        ]
        assert foreign == [nothing] * len(foreign)


@pytest.mark.parametrize("route", searched(), ids=str)
def test_in_the_words_of_a_search(world, route):
    for who in SIGNED_IN:
        rows = world.unseen(who, route.below or route.model)
        words = [
            word
            for word, row in zip(WORDS, world.rows[route.model][1:], strict=False)
            if row in rows
        ]
        answers = [
            world.ask(who, world.calls[route], query=f"?search={word}").told
            for word in (ABSENT_WORD, *words)
        ]
        assert answers == answers[:1] * len(answers)


def test_every_place_is_looked_at():
    taking = {each for each in api_routes("POST", "PUT", "PATCH") if takes_a_body(each)}
    assert {each for each, body in bodies().items() if each not in taking and body.fields} == set()
    assert taking <= bodies().keys()
    assert kinds_that_may_name_rows() <= HOLD_NO_IDS


def takes_a_body(route):
    return route.serializer is not NothingSerializer


def call_of_place(world, place):
    """The valid call; for the input of a transition on many items, on what it may be performed."""
    call = world.calls[place.route]
    if not place.transition:
        return call
    model, name = place.route.model, place.transition
    one = next(each for each in world.calls if each.model is model and each.transition == name)
    own = {"transition": name, "ids": [str(world.calls[one].item.pk)]}
    return replace(call, body={**own, **inputs_as_json(model, name, world.people)})


def told(place, answer, row):
    """All that whoever asked can compare; of many items, without the id that was sent."""
    if not place.is_bulk_ids or answer.status != 200:
        return answer.told
    (result,) = json.loads(answer.content)["results"]
    assert str(result.pop("id")) == str(place.value(row))
    headers = {name: each for name, each in answer.headers.items() if name != "Content-Length"}
    return answer.status, result, headers


def assert_refused(place, answer):
    if place.is_bulk_ids:
        (result,) = json.loads(answer.content)["results"]
        assert (result["ok"], result["status"]) == (False, 404)
        return
    assert answer.status == 400
    assert "does_not_exist" in {each["code"] for each in json.loads(answer.content)["errors"]}
