"""Requests over HTTP."""

import pytest
from django.db import OperationalError

from core.api import bulk
from core.lifecycle import perform
from requests_app.tests.making import FORM, a_type, ask

URL = "/api/requests/"


@pytest.fixture
def body(ann):
    return {
        "title": "A desk",
        "request_type": a_type(2, name="Desk", form=FORM).pk,
        "department": ann.department_id,
        "answers": {"model": "small"},
    }


def test_what_one_asks_for_comes_back_in_full(as_, ann, body):
    created = as_(ann).post(URL, body, format="json")

    assert created.status_code == 201, created.content
    shown = created.json()
    assert shown["reference"] == f"REQ-{shown['id']}"
    assert shown["requester"] == shown["created_by"] == {"id": ann.pk, "name": "Ann"}
    assert shown["category"]["name"] == "Testing"
    assert shown["approvals"] == {"needed": 2, "given": 0}
    assert (shown["status"], shown["priority"], shown["decisions"]) == ("pending", "medium", [])
    assert shown["available_transitions"] == ["cancel"]


def test_wrong_answers_are_named(as_, ann, body):
    refused = as_(ann).post(URL, body | {"answers": {"model": "huge"}}, format="json")

    assert refused.status_code == 400
    assert [error["field"] for error in refused.json()["errors"]] == ["answers.model"]


def test_only_people_in_sight_can_be_asked_for(as_, ann, ben, zoe, body):
    mine = as_(ann).post(URL, body | {"requester": zoe.pk}, format="json")
    absent = as_(ann).post(URL, body | {"requester": 999_999}, format="json")
    theirs = as_(ben).post(URL, body | {"requester": ann.pk}, format="json")

    assert (mine.status_code, absent.status_code) == (400, 400)
    assert mine.json()["errors"] == absent.json()["errors"]
    assert theirs.json()["requester"]["name"] == "Ann"


def test_decisions_are_shown_with_the_request(as_, ann, mia, tom):
    request = ask(ann, approvals=2)

    first = as_(mia).post(f"{URL}{request.reference}/approve/", {"note": "Fine."}, format="json")
    assert first.status_code == 200, first.content
    assert first.json()["status"] == "pending"
    again = as_(mia).post(f"{URL}{request.pk}/approve/", {}, format="json")
    assert (again.status_code, again.json()["code"]) == (409, "condition_unmet")
    second = as_(tom).post(f"{URL}{request.pk}/approve/", {}, format="json").json()

    assert second["status"] == "approved"
    assert second["approvals"] == {"needed": 2, "given": 2}
    made = [(each["person"]["name"], each["outcome"], each["note"]) for each in second["decisions"]]
    assert made == [("Mia", "approve", "Fine."), ("Tom", "approve", "")]
    assert second["decisions"][0]["at"].endswith("Z")


def test_self_approval_is_403_and_a_stranger_gets_404(as_, mia, zoe):
    own = ask(mia)

    assert as_(mia).post(f"{URL}{own.pk}/approve/", {}, format="json").status_code == 403
    assert as_(zoe).post(f"{URL}{own.pk}/approve/", {}, format="json").status_code == 404
    assert as_(zoe).get(f"{URL}{own.pk}/").status_code == 404


def test_the_status_is_read_only(as_, ann, request_of_ann):
    for field in ("status", "assignee", "reason", "resolution", "due_at", "decided_at"):
        refused = as_(ann).patch(f"{URL}{request_of_ann.pk}/", {field: "x"}, format="json")
        assert refused.status_code == 400, field


def test_the_export_is_safe_to_open(as_, ann):
    ask(ann, title="=HYPERLINK(0)")

    answer = as_(ann).get(f"{URL}export/", {"format": "csv"})

    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert lines[0].startswith("reference,title,type")
    assert "'=HYPERLINK(0)" in lines[1]
    assert "0 of 1" in lines[1]


def test_a_list_costs_the_same_for_one_and_for_many(as_, ann, mia, django_assert_num_queries):
    api = as_(mia)
    for _ in range(12):
        ask(ann)

    with django_assert_num_queries(2):
        one = api.get(URL, {"limit": 1, "include": "available_transitions"})
    with django_assert_num_queries(2):
        many = api.get(URL, {"limit": 12, "include": "available_transitions"})

    assert len(one.json()["results"]) == 1
    assert all("approve" in row["available_transitions"] for row in many.json()["results"])


@pytest.mark.django_db(transaction=True)
def test_trouble_with_one_of_many_does_not_hide_what_was_done(as_, ann, mia, monkeypatch):
    first, second = ask(ann), ask(ann)

    def locked_second(item, *args, **kwargs):
        if item.pk == second.pk:
            raise OperationalError("Somebody else holds this row.")
        return perform(item, *args, **kwargs)

    monkeypatch.setattr(bulk, "perform", locked_second)
    body = {"transition": "approve", "ids": [first.pk, second.pk]}
    api = as_(mia)

    results = api.post(f"{URL}transitions/", body).json()["results"]
    nothing = api.post(f"{URL}transitions/", body | {"atomic": True})

    assert [each["status"] for each in results] == [200, 503]
    assert nothing.status_code == 503
