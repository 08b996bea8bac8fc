"""What a transition says that it asks for is what its route accepts, no more and no less."""

import pytest
from jsonschema import Draft202012Validator

from core.lifecycle import declared, offered
from tests.conformance.calls import arrive, call_of_transition
from tests.conformance.examples import example_of
from tests.conformance.test_etags import MOVES

pytestmark = pytest.mark.once

OPTION = ["name", "label", "description", "target", "allowed", "reason", "inputs"]
every_transition = pytest.mark.parametrize(("surface", "name"), MOVES)


@pytest.fixture
def ready(people, api):
    """A transition that would succeed now: its call, its client and its schema."""

    def get_ready(surface, name):
        item, by = arrive(example_of(surface.model).make(people), name, people)
        client = api(by)
        options = client.get(surface.url("transitions", item.pk)).json()
        schema = next(each["inputs"] for each in options if each["name"] == name)
        return call_of_transition(surface, item, name, by, people), client, schema

    return get_ready


def refused_fields(answer):
    assert answer.status_code == 400, answer.content
    return {error["field"] for error in answer.json()["errors"]}


@every_transition
def test_transitions_tell_all_about_each(people, api, surface, name):
    item, by = arrive(example_of(surface.model).make(people), name, people)
    client = api(by)

    options = client.get(surface.url("transitions", item.pk)).json()

    assert [each["name"] for each in options] == list(offered(surface.model))
    assert all(list(each) == OPTION for each in options)
    allowed = [each["name"] for each in options if each["allowed"]]
    assert name in allowed
    assert allowed == client.get(surface.url("retrieve", item.pk)).json()["available_transitions"]
    assert all(bool(each["reason"]) != each["allowed"] for each in options)


@every_transition
def test_what_is_required_is_named_when_it_is_missing(ready, surface, name):
    call, client, schema = ready(surface, name)
    required = schema["required"]
    assert required == [
        each.name for each in declared(surface.model)[name].inputs.values() if each.required
    ]

    if required:
        assert refused_fields(client.post(call.url, {})) == set(required)
        assert not Draft202012Validator(schema).is_valid({})
    else:
        assert client.post(call.url, {}).status_code == 200


@every_transition
def test_both_refuse_the_same_and_take_the_same(ready, surface, name):
    call, client, schema = ready(surface, name)
    Draft202012Validator.check_schema(schema)
    fits = Draft202012Validator(schema).is_valid

    for wrong in unfit(schema):
        assert set(wrong) <= refused_fields(call.send_with(client, **wrong))
        assert not fits({**call.body, **wrong})
    assert refused_fields(call.send_with(client, surprise=1)) == {"surprise"}
    assert not fits({**call.body, "surprise": 1})
    assert fits({**call.body, "note": "Agreed."})
    assert call.send_with(client, note="Agreed.").status_code == 200


def unfit(schema):
    """For each input a value of the wrong type, and one that is too long."""
    for field, rule in schema["properties"].items():
        yield {field: {"of": "the wrong type"}}
        if "maxLength" in rule:
            yield {field: "x" * (rule["maxLength"] + 1)}
