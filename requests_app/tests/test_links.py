"""Requests and tickets have to do with each other."""

import pytest

from core.lifecycle import create
from requests_app.tests.making import ask
from tickets.models import Link
from tickets.tests.making import report


@pytest.fixture
def lamp(ann, ben):
    """Ann's ticket is blocked by her request."""
    ticket, bulb = report(ann, title="The lamp is dark"), ask(ann, title="A bulb")
    create(Link.between(ticket, "blocked_by", bulb), actor=ben)
    return ticket, bulb


def test_a_ticket_waits_for_a_request_and_both_say_so(as_, ann, lamp):
    ticket, bulb = lamp
    desk = as_(ann)

    [from_ticket] = desk.get(f"/api/tickets/{ticket}/links/").json()["results"]
    [from_request] = desk.get(f"/api/requests/{bulb}/links/").json()["results"]

    asked = {"id": bulb.pk, "reference": str(bulb), "title": "A bulb", "status": "pending"}
    assert (from_ticket["kind"], from_ticket["item"]) == ("blocked_by", asked)
    assert (from_request["kind"], from_request["item"]["reference"]) == ("blocks", str(ticket))


def test_an_approver_who_sees_one_end_hears_nothing_of_the_other(as_, mia, lamp):
    _, bulb = lamp
    desk = as_(mia)

    assert desk.get(f"/api/requests/{bulb}/").status_code == 200
    assert desk.get(f"/api/requests/{bulb}/links/").json()["results"] == []
    assert desk.get("/api/links/").json()["results"] == []


def test_a_circle_is_seen_across_both_kinds(as_, ben, lamp):
    ticket, bulb = lamp

    body = {"kind": "blocks", "item": bulb.reference}
    answer = as_(ben).post(f"/api/tickets/{ticket}/links/", body, format="json")

    assert (answer.status_code, answer.json()["code"]) == (409, "condition_unmet")
    assert answer.json()["detail"].startswith(f"{bulb} blocks {ticket} already")
