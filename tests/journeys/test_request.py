"""A request's whole way, over HTTP, as a front end goes it."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from conftest import PASSWORD
from requests_app.models import RequestType
from requests_app.tests.making import a_type
from tests.journeys.browser import Browser


@pytest.fixture
def two_approvals(departments: Any) -> RequestType:
    """Something that two people have to agree to."""
    return a_type(approvals=2)


@pytest.mark.django_db(transaction=True)
def test_from_registration_to_export(live_server, ben, mia, tom, zoe, two_approvals, departments):
    here = live_server.url
    someone = {"email": "Eve@Flowtrack.Example", "password": PASSWORD, "name": "Eve"}
    assert Browser(here).post("/api/auth/register/", someone).status_code == 201
    eve = Browser(here).sign_in("eve@flowtrack.example")

    wish = {
        "title": "A second monitor",
        "request_type": two_approvals.pk,
        "department": departments["legal"].pk,
    }
    created = eve.post("/api/requests/", wish)
    assert created.status_code == 201, created.text
    item = f"/api/requests/{created.json()['reference']}/"

    assert eve.post(f"{item}approve/").status_code == 403
    assert Browser(here).sign_in(zoe.email).post(f"{item}approve/").status_code == 404
    first = Browser(here).sign_in(mia.email).post(f"{item}approve/", {"note": "Fine by me."})
    assert (first.json()["status"], first.json()["approvals"]["given"]) == ("pending", 1)
    second = Browser(here).sign_in(tom.email).post(f"{item}approve/")
    assert second.json()["status"] == "approved"

    agent = Browser(here).sign_in(ben.email)
    started = agent.post(f"{item}start/").json()
    assert (started["status"], started["assignee"]["name"]) == ("in_progress", "Ben")
    done = agent.post(f"{item}complete/", {"resolution": "It stands on her desk."})
    assert done.json()["status"] == "completed"
    assert agent.post(f"{item}complete/", {"resolution": "Again."}).status_code == 409

    events = eve.get(f"{item}history/").json()["results"]
    told = [(event["actor"]["name"], event["action"]) for event in events]
    assert told == [
        ("Ben", "complete"),
        ("Ben", "start"),
        ("Tom", "approve"),
        ("Mia", "approve"),
        ("Eve", "created"),
    ]
    lines = csv.DictReader(io.StringIO(eve.get("/api/requests/export/?format=csv").text))
    assert [(line["reference"], line["status"]) for line in lines] == [
        (created.json()["reference"], "completed")
    ]
