"""Promises kept, broken and in danger: what a count by hand gives, with lists of exactly these rows."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.models import Team
from core import clock
from core.lifecycle import create, perform
from dashboards.figures import FIGURES
from dashboards.question import Question
from requests_app.tests.making import a_type, ask, through
from sla.tasks import raise_alarms
from sla.tests.promising import a_promise
from tickets.models import Ticket

NOW = datetime(2026, 11, 20, 15, tzinfo=UTC)
HOUR = timedelta(hours=1)


def hours_ago(hours):
    return clock.at(NOW - hours * HOUR)


@pytest.fixture
def promise(db):
    """Tickets are resolved within ten hours, day and night."""
    return a_promise("ticket", hours=10)


@pytest.fixture
def network(ada):
    return create(Team(name="Network"), actor=ada)


def reported(requester, agent, team, *, ago, resolved=None):
    """A ticket of so many hours ago, resolved so many hours ago if it is."""
    with hours_ago(ago):
        ticket = create(Ticket(title="Lift"), actor=requester)
        ticket = perform(ticket, "triage", actor=agent, priority="high", team=team)
        ticket = perform(ticket, "start", actor=agent)
    if resolved is not None:
        with hours_ago(resolved):
            ticket = perform(ticket, "resolve", actor=agent, resolution="It runs.")
    return ticket


@pytest.fixture
def week(ann, ben, promise, network):
    """Tickets kept, kept late, late, in danger, and fresh."""
    tickets = {
        "kept": reported(ann, ben, network, ago=30, resolved=25),
        "kept late": reported(ann, ben, network, ago=30, resolved=15),
        "late": reported(ann, ben, network, ago=12),
        "in danger": reported(ann, ben, network, ago=9),
        "fresh": reported(ann, ben, network, ago=1),
    }
    with clock.at(NOW):
        raise_alarms()
    return tickets


def answer(name, user, **others):
    since = NOW - timedelta(days=30)
    return FIGURES[name](
        Question(**{"user": user, "now": NOW, "since": since, "until": NOW} | others)
    )


def counts(row):
    return tuple(row[how]["value"] for how in ("met", "breached", "at_risk"))


def listed(client, row, how):
    found = client.get(row[how]["link"])
    assert found.status_code == 200, found.content
    return {each["id"] for each in found.json()["results"]}


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("service_levels", "Tickets"),
        ("service_levels_by_policy", "Tickets in 10 hours"),
        ("service_levels_by_team", "Network"),
    ],
)
def test_each_group_counts_its_promises_and_leads_to_them(as_, ben, week, name, label):
    [row] = [each for each in answer(name, ben)["rows"] if each["label"] == label]
    assert counts(row) == (1, 2, 1)

    client = as_(ben)
    with clock.at(NOW):
        assert listed(client, row, "met") == {week["kept"].pk}
        assert listed(client, row, "breached") == {week["kept late"].pk, week["late"].pk}
        assert listed(client, row, "at_risk") == {week["in danger"].pk}
        assert listed(client, row, "paused") == set()


def test_first_responses_and_resting_clocks_are_counted_too(as_, ann, ben, network):
    a_promise("ticket", hours=10, response_minutes=60)
    with hours_ago(8):
        unanswered = create(Ticket(title="Door"), actor=ann)
    with hours_ago(1):
        fresh = create(Ticket(title="Window"), actor=ann)
    answered = reported(ann, ben, network, ago=5)
    waiting = reported(ann, ben, network, ago=3)
    with hours_ago(2):
        perform(waiting, "block", actor=ben, reason="Waits for a part.")

    [row] = [each for each in answer("service_levels", ben)["rows"] if each["kind"] == "ticket"]

    client = as_(ben)
    with clock.at(NOW):
        assert listed(client, row, "paused") == {waiting.pk}
        assert listed(client, row, "response_met") == {answered.pk, waiting.pk}
        assert listed(client, row, "response_breached") == {unanswered.pk}
        assert listed(client, row, "response_at_risk") == {fresh.pk}
    assert {how: row[how]["value"] for how in ("paused", "response_met", "response_at_risk")} == {
        "paused": 1,
        "response_met": 2,
        "response_at_risk": 1,
    }


def test_requests_have_promises_too(ann, mia, ben, week):
    chair = a_type(1, name="Chair")
    a_promise("request", hours=10, request_type=chair, waits_in=[])
    with hours_ago(20):
        request = through(ask(ann, request_type=chair), (mia, "approve"), (ben, "start"))
    with hours_ago(15):
        perform(request, "complete", actor=ben, resolution="Delivered.")

    requests, tickets = answer("service_levels", ben)["rows"]

    assert (requests["kind"], counts(requests)) == ("request", (1, 0, 0))
    assert (tickets["kind"], counts(tickets)) == ("ticket", (1, 2, 1))


def test_what_one_does_not_see_is_not_counted(ann, zoe, week):
    assert [counts(row) for row in answer("service_levels", zoe)["rows"]] == [(0, 0, 0)] * 2
    assert answer("service_levels_by_policy", zoe)["rows"] == []
    assert counts(answer("service_levels_by_team", ann)["rows"][0]) == (1, 2, 1)
