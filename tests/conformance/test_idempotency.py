"""A write that is sent again with its key happens once and is answered with the same bytes."""

import pytest

from core.lifecycle import create, remove
from core.models import Event
from tests.conformance.calls import arrive, call_of, call_of_transition
from tests.conformance.discovery import api_routes, every_creation
from tests.conformance.examples import EXAMPLES, example_of
from tests.conformance.test_etags import MOVES
from workflows.models import Member, Project

KEY = {"Idempotency-Key": "once-and-only-once"}
EDITS = [each for each in api_routes("PATCH") if each.model]


def happened():
    """How much the history holds altogether."""
    return Event.objects.count()


def is_once(client, call):
    """Sent twice, it is done once, and said twice."""
    first = call.send(client, **KEY)
    after_first = happened()
    again = call.send(client, **KEY)

    assert first.status_code in (200, 201), first.content
    assert "Idempotency-Replayed" not in first
    assert again["Idempotency-Replayed"] == "true"
    assert (again.status_code, again.content) == (first.status_code, first.content)
    assert again.get("ETag") == first.get("ETag")
    assert again.get("Location") == first.get("Location")
    return happened() == after_first


@every_creation()
def test_one_is_created_once(people, api, route):
    call = call_of(route, people)

    assert is_once(api(call.by), call)


@pytest.mark.once
@pytest.mark.parametrize("route", EDITS, ids=str)
def test_an_edit_happens_once(people, api, route):
    call = call_of(route, people)

    assert is_once(api(call.by), call)


@pytest.mark.once
@pytest.mark.parametrize(("surface", "name"), MOVES)
def test_a_transition_happens_once(people, api, surface, name):
    item, by = arrive(example_of(surface.model).make(people), name, people)

    assert is_once(api(by), call_of_transition(surface, item, name, by, people))


def test_what_one_may_not_see_any_more_is_not_told_again(people, api):
    project = EXAMPLES[Project].make(people)
    member = create(Member(project=project, person=people.mia, role="editor"), actor=people.ann)
    body = {"project": project.pk, "name": "Fit out"}
    sent = [api(people.mia).post("/api/workflows/", body, headers=KEY) for _ in range(2)]

    remove(member, actor=people.ann)
    refused = api(people.mia).post("/api/workflows/", body, headers=KEY)

    assert [each.status_code for each in sent] == [201, 201]
    assert (refused.status_code, refused.json()["code"]) == (404, "not_found")


@pytest.mark.once
@every_creation()
def test_a_key_stands_for_one_request(people, api, route):
    call = call_of(route, people)
    client = api(call.by)
    call.send(client, **KEY)
    before = happened()

    other = client.post(call.url, {**call.body, "another": 1}, headers=KEY)

    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    assert happened() == before


@pytest.mark.once
@every_creation()
def test_a_refusal_is_not_kept(people, api, route):
    call = call_of(route, people)
    client = api(call.by)

    refused = client.post(call.url, {"surprise": 1}, headers=KEY)
    accepted = call.send(client, **KEY)

    assert (refused.status_code, accepted.status_code) == (400, 201)
    assert "Idempotency-Replayed" not in accepted


@pytest.mark.once
@every_creation()
def test_a_key_is_its_callers_own(people, api, route):
    call = call_of(route, people)
    call.send(api(call.by), **KEY)

    for other in people:
        if other != call.by:
            assert "Idempotency-Replayed" not in call.send(api(other), **KEY)
