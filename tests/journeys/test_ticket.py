"""A ticket's ways, over HTTP: on site, waiting, twice reported, not quite mended."""

from __future__ import annotations

from typing import Any

import pytest

from sla.tests.promising import a_promise
from tests.journeys.browser import Browser

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sign_in(live_server: Any) -> Any:
    return lambda person: Browser(live_server.url).sign_in(person.email)


def reported(browser: Browser, title: str = "The lift smells of smoke") -> str:
    """The address of a new ticket."""
    return f"/api/tickets/{browser.does('/api/tickets/', {'title': title})['reference']}/"


def started(requester: Browser, agent: Browser, **given: Any) -> str:
    """The address of a ticket that the agent is seeing to."""
    ticket = reported(requester, **given)
    agent.does(f"{ticket}triage/", {"priority": "high"})
    agent.does(f"{ticket}start/")
    return ticket


def told(browser: Browser, item: str) -> list[str]:
    """What the item's history says happened, oldest first."""
    events = browser.sees(f"{item}history/")["results"]
    return [event["action"] for event in reversed(events)]


def test_a_ticket_with_two_work_orders(ann, ben, zoe, sign_in):
    requester, agent, stranger = sign_in(ann), sign_in(ben), sign_in(zoe)
    ticket = started(requester, agent)
    orders = [
        agent.does(f"{ticket}work-orders/", {"title": title})["reference"]
        for title in ("Look at the motor", "Change the brake pads")
    ]
    first, second = (f"/api/work-orders/{order}/" for order in orders)

    early = {
        "scheduled_start": "2031-03-03T08:00:00Z",
        "scheduled_end": "2031-03-03T10:00:00Z",
        "site": "Harbour office",
    }
    overlapping = {
        **early,
        "scheduled_start": "2031-03-03T09:30:00Z",
        "scheduled_end": "2031-03-03T11:00:00Z",
    }
    agent.does(f"{first}schedule/", early)
    agent.does(f"{second}schedule/", overlapping)
    agent.does(f"{first}dispatch/", {"assignee": ben.pk})
    twice = agent.post(f"{second}dispatch/", {"assignee": ben.pk})
    assert (twice.status_code, twice.json()["code"]) == (409, "condition_unmet")
    assert orders[0] in twice.json()["detail"]

    agent.does(f"{first}start/")
    point = agent.does(f"{first}checklist/", {"text": "Main switch off", "is_required": True})
    done = {"completion_notes": "Bearing replaced.", "minutes_spent": 85}
    assert agent.post(f"{first}complete/", done).status_code == 409
    agent.does(f"/api/checklist-items/{point['id']}/tick/")
    assert agent.does(f"{first}complete/", done)["minutes_spent"] == 85

    waiting = agent.post(f"{ticket}resolve/", {"resolution": "It runs."})
    assert (waiting.status_code, waiting.json()["code"]) == (409, "condition_unmet")
    agent.does(f"{second}cancel/", {"reason": "The pads were fine."})
    assert agent.does(f"{ticket}resolve/", {"resolution": "It runs."})["status"] == "resolved"

    assert requester.does(f"{ticket}close/")["closed_at"]
    assert requester.sees(first)["status"] == "completed"
    assert stranger.get(first).status_code == stranger.get(ticket).status_code == 404
    found = agent.sees(f"{ticket}work-orders/")["results"]
    assert {order["reference"] for order in found} == set(orders)


def test_a_ticket_waits_and_its_clock_with_it(ann, ben, sign_in):
    a_promise("ticket", hours=24)
    requester, agent = sign_in(ann), sign_in(ben)
    ticket = started(requester, agent)
    reference = ticket.split("/")[3]
    explain = f"/api/sla/{reference}/explain/"
    assert requester.sees(ticket)["due_at"]

    assert agent.does(f"{ticket}block/", {"reason": "The part is ordered."})["due_at"] is None
    waiting = requester.sees(explain)
    assert waiting["resolution"]["state"] == "paused"
    assert waiting["segments"][-1]["kind"] == "paused"

    going_on = agent.does(f"{ticket}unblock/")
    assert going_on["due_at"]
    assert requester.sees(explain)["resolution"]["state"] == "running"
    assert told(requester, ticket)[-2:] == ["block", "unblock"]


def test_what_was_reported_twice_is_merged_and_set_free_again(ann, zoe, ben, sign_in):
    requester, neighbour, agent = sign_in(ann), sign_in(zoe), sign_in(ben)
    survivor = started(requester, agent)
    duplicate = reported(neighbour, "Smoke on the second floor")
    before = neighbour.sees(duplicate)

    agent.does(f"{duplicate}merge/", {"merged_into": survivor.split("/")[3]})
    merged = neighbour.sees(duplicate)
    assert (merged["is_merged"], merged["merged_into"]) == (True, None)
    assert neighbour.get(survivor).status_code == 404
    assert neighbour.post(f"{duplicate}cancel/", {"reason": "Never mind."}).status_code == 409

    agent.does(f"{survivor}resolve/", {"resolution": "The motor is new."})
    followed = neighbour.sees(duplicate)
    assert (followed["status"], followed["resolution"]) == ("resolved", "The motor is new.")
    assert told(neighbour, duplicate)[-1] == "follow"

    agent.does(f"{duplicate}unmerge/")
    after = neighbour.sees(duplicate)
    moved_on = {"updated_at", "due_at", "response_due_at"}
    assert {k: v for k, v in after.items() if k not in moved_on} == {
        k: v for k, v in before.items() if k not in moved_on
    }
    assert agent.sees(survivor)["status"] == "resolved"


def test_what_is_not_mended_is_reopened(ann, ben, sign_in):
    requester, agent = sign_in(ann), sign_in(ben)
    ticket = started(requester, agent)
    agent.does(f"{ticket}resolve/", {"resolution": "It runs."})

    assert requester.post(f"{ticket}reopen/").status_code == 400
    again = requester.does(f"{ticket}reopen/", {"reason": "It smells again."})
    assert (again["status"], again["resolved_at"]) == ("in_progress", None)
    assert again["assignee"]["name"] == "Ben"

    agent.does(f"{ticket}resolve/", {"resolution": "The cable was scorched; it is new."})
    requester.does(f"{ticket}close/")
    assert requester.post(f"{ticket}reopen/", {"reason": "Once more."}).status_code == 409
    assert told(requester, ticket) == [
        "created",
        "triage",
        "start",
        "resolve",
        "reopen",
        "resolve",
        "close",
    ]


def test_words_for_everybody_and_words_among_agents(ann, ben, sign_in):
    requester, agent = sign_in(ann), sign_in(ben)
    ticket = reported(requester)

    among_agents = agent.does(f"{ticket}comments/", {"body": "The old **motor** again."})
    assert among_agents["internal"] is True
    assert requester.sees(f"{ticket}comments/")["results"] == []
    assert agent.sees(ticket)["first_responded_at"] is None

    answer = agent.does(f"{ticket}comments/", {"body": "We are on our way.", "internal": False})
    assert "<p>We are on our way.</p>" in answer["html"]
    assert requester.sees(ticket)["first_responded_at"]
    read = requester.sees(f"{ticket}comments/")["results"]
    assert [comment["body"] for comment in read] == ["We are on our way."]
    assert requester.put(f"{ticket}watch/").status_code == 204
    assert requester.get(f"{ticket}watchers/").status_code == 403
