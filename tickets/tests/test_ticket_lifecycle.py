"""The ticket's lifecycle, line by line as it was drawn: from where to where, by whom, with what."""

from datetime import timedelta

import pytest
from django.db import transaction

from accounts.models import Team
from core import clock
from core.errors import ConditionUnmet, InvalidInput, NotFound, NotPermitted, WrongStatus
from core.lifecycle import change, create, declared, offered, perform
from core.models import Event
from sla.tests.promising import a_promise
from tickets.models import Ticket
from tickets.tests.making import ordered, report, through

AGENTS = "ben carl ada"
ASSIGNEE = "ben ada"
REQUESTER_AND_AGENTS = "ann ben carl ada"
ONGOING = "triaged in_progress blocked"
OPEN = f"new {ONGOING}"
SAME = ""

# transition, from, to, who may when ben is the assignee, required inputs, other inputs
TABLE = [
    ("triage", "new", "triaged", AGENTS, "priority", "team"),
    ("assign", OPEN, SAME, AGENTS, "assignee", ""),
    ("reprioritise", ONGOING, SAME, AGENTS, "priority", ""),
    ("transfer", OPEN, SAME, AGENTS, "team", ""),
    ("start", "triaged", "in_progress", ASSIGNEE, "", ""),
    ("block", "triaged in_progress", "blocked", ASSIGNEE, "reason", ""),
    ("unblock", "blocked", "in_progress", ASSIGNEE, "", ""),
    ("resolve", "in_progress", "resolved", ASSIGNEE, "resolution", ""),
    ("reopen", "resolved", "in_progress", REQUESTER_AND_AGENTS, "reason", ""),
    ("close", "resolved", "closed", REQUESTER_AND_AGENTS, "", ""),
    ("cancel", "new triaged", "cancelled", REQUESTER_AND_AGENTS, "reason", ""),
    ("merge", OPEN, SAME, AGENTS, "merged_into", ""),
]
EVERYBODY = ("ann", "ben", "carl", "ada", "zoe")


@pytest.fixture
def everybody(ann, ben, carl, ada, zoe):
    """The people of the table by name: ann reported it, ben sees to it, carl is another agent."""
    return dict(zip(EVERYBODY, (ann, ben, carl, ada, zoe), strict=True))


@pytest.fixture
def standing(ann, ben):
    """`standing("blocked")`: a ticket of ann's in that status, with ben as its assignee."""
    triaged = [(ben, "triage", {"priority": "high"})]
    started = [*triaged, (ben, "start")]
    ended = [*started, (ben, "resolve", {"resolution": "Changed the fuse."})]
    ways = {
        "new": [],
        "triaged": triaged,
        "in_progress": started,
        "blocked": [*started, (ben, "block", {"reason": "The part is ordered."})],
        "resolved": ended,
        "closed": [*ended, (ann, "close")],
        "cancelled": [(ann, "cancel", {"reason": "It was the bulb."})],
    }
    return lambda status: through(report(ann), (ben, "assign", {"assignee": ben}), *ways[status])


@pytest.fixture
def given(ann, ben):
    """A value for each input."""
    return {
        "priority": "urgent",
        "team": create(Team(name="Night shift"), actor=None),
        "assignee": ben,
        "reason": "Because.",
        "resolution": "Changed the lamp.",
        "merged_into": report(ann, title="The survivor"),
    }


def outcome(ticket, name, person, inputs):
    """Where it leads this person, or how they are refused; nothing is kept."""
    with transaction.atomic():
        try:
            return perform(ticket, name, actor=person, **inputs).status
        except (NotFound, WrongStatus, NotPermitted) as refused:
            return type(refused)
        finally:
            transaction.set_rollback(True)


def told_by(line, status):
    """What the table says becomes of each who tries this in that status."""
    _, sources, target, may, _, _ = line
    if status not in sources.split():
        return {**dict.fromkeys(EVERYBODY, WrongStatus), "zoe": NotFound}
    moved = {who: (target or status) if who in may.split() else NotPermitted for who in EVERYBODY}
    return {**moved, "zoe": NotFound}


@pytest.mark.parametrize("status", Ticket.Status.values)
def test_who_gets_where_from_where(status, everybody, standing, given):
    ticket = standing(status)

    for line in TABLE:
        name, _, _, _, required, other = line
        inputs = {asked: given[asked] for asked in (*required.split(), *other.split())}
        found = {who: outcome(ticket, name, each, inputs) for who, each in everybody.items()}
        assert found == told_by(line, status), name


def test_what_each_asks_for():
    for name, _, _, _, required, other in TABLE:
        asked = declared(Ticket)[name].inputs
        assert [each for each in asked if asked[each].required] == required.split(), name
        assert [each for each in asked if not asked[each].required] == other.split(), name


def test_the_table_has_every_transition_that_people_perform():
    assert [line[0] for line in TABLE] + ["unmerge"] == list(offered(Ticket))


def test_from_a_report_to_the_end(ann, ben, standing):
    ticket = standing("closed")

    assert (ticket.priority, ticket.resolution) == ("high", "Changed the fuse.")
    assert ticket.created_at <= ticket.started_at <= ticket.resolved_at <= ticket.closed_at
    told = [(event.action, event.actor) for event in Event.of(ticket)]
    assert told == [
        ("created", ann),
        ("assign", ben),
        ("triage", ben),
        ("start", ben),
        ("resolve", ben),
        ("close", ann),
    ]


def test_whoever_starts_an_unassigned_ticket_takes_it(ann, ben, carl):
    triaged = perform(report(ann), "triage", actor=ben, priority="low")

    assert perform(triaged, "start", actor=carl).assignee == carl


def test_nobody_starts_what_another_agent_has(standing, carl):
    with pytest.raises(NotPermitted, match="Only its assignee"):
        perform(standing("triaged"), "start", actor=carl)


def test_flowtrack_starts_only_what_somebody_has(ann, ben):
    triaged = perform(report(ann), "triage", actor=ben, priority="low")

    with pytest.raises(ConditionUnmet, match="Assign it first"):
        perform(triaged, "start", actor=None)


def test_only_active_agents_are_assigned(standing, ben, carl, ada, ann):
    ticket = standing("in_progress")
    perform(carl, "deactivate", actor=ada)

    for unfit in (ann, carl):
        with pytest.raises(InvalidInput) as refused:
            perform(ticket, "assign", actor=ben, assignee=unfit)
        assert [error.field for error in refused.value.errors] == ["assignee"]
    assert perform(ticket, "assign", actor=ben, assignee=ada).assignee == ada


@pytest.mark.parametrize("status", OPEN.split())
def test_who_loses_it_to_another_team_has_it_no_longer(status, standing, ben, given):
    ticket = perform(standing(status), "transfer", actor=ben, team=given["team"])

    assert (ticket.status, ticket.team, ticket.assignee) == (status, given["team"], None)


def test_what_was_handed_over_in_the_middle_is_taken_up_there(standing, ben, carl, given):
    ticket = perform(standing("in_progress"), "transfer", actor=ben, team=given["team"])
    with pytest.raises(NotPermitted):
        perform(ticket, "resolve", actor=carl, resolution="Done.")

    ticket = perform(ticket, "assign", actor=carl, assignee=carl)

    assert perform(ticket, "resolve", actor=carl, resolution="Done.").status == "resolved"


def test_triage_leaves_the_team_that_it_does_not_name(ann, ben, given):
    ticket = perform(report(ann), "transfer", actor=ben, team=given["team"])

    assert perform(ticket, "triage", actor=ben, priority="low").team == given["team"]


def test_it_is_not_resolved_while_somebody_still_has_to_go_there(standing, ben, ada):
    ticket = standing("in_progress")
    work = [ordered(ben, ticket=ticket) for _ in range(2)]
    with pytest.raises(ConditionUnmet, match="Finish or cancel its work orders first"):
        perform(ticket, "resolve", actor=ben, resolution="Done.")

    perform(work[0], "cancel", actor=ben, reason="Not needed.")
    steps = [(ben, "dispatch", {"assignee": ben}), (ben, "start")]
    started = through(work[1], *steps)
    with pytest.raises(ConditionUnmet):
        perform(ticket, "resolve", actor=ada, resolution="Done.")

    perform(started, "complete", actor=ben, completion_notes="Done.")
    assert perform(ticket, "resolve", actor=ben, resolution="Done.").status == "resolved"


def test_reopening_asks_for_another_end(standing, ann, ben):
    ticket = perform(standing("resolved"), "reopen", actor=ann, reason="Dark again.")
    assert (ticket.resolved_at, ticket.reason, ticket.assignee) == (None, "Dark again.", ben)

    again = perform(ticket, "resolve", actor=ben, resolution="A new lamp.")

    assert again.resolution == "A new lamp."
    assert again.resolved_at is not None


def test_the_first_start_is_the_first_response(standing, ben):
    ticket = standing("in_progress")
    assert ticket.first_responded_at == ticket.started_at

    later = through(ticket, (ben, "block", {"reason": "A part."}), (ben, "unblock"))

    assert later.first_responded_at == later.started_at == ticket.started_at


def test_work_that_began_by_going_on_was_an_answer_too(ann, ben):
    a_promise(hours=100, response_minutes=60)

    ticket = through(
        report(ann),
        (ben, "triage", {"priority": "high"}),
        (ben, "assign", {"assignee": ben}),
        (ben, "block", {"reason": "A part."}),
        (ben, "unblock"),
    )

    assert ticket.started_at is not None
    assert ticket.first_responded_at == ticket.started_at
    with clock.at(ticket.created_at + timedelta(hours=2)):
        assert not Ticket.objects.standing("breached", at=clock.now()).filter(pk=ticket.pk).exists()


def test_who_is_no_agent_any_more_works_no_more(standing, as_, ann, ben, ada):
    ticket = create(Ticket(title="Mine", requester=ben), actor=ben)
    ticket = through(ticket, (ben, "triage", {"priority": "low"}), (ben, "start"))
    ben = change(ben, actor=ada, role="requester")
    client, url = as_(ben), f"/api/tickets/{ticket}/"

    assert client.get(url).status_code == 200  # it is theirs
    for name, body in (("resolve", {"resolution": "Done."}), ("block", {"reason": "Later."})):
        assert client.post(f"{url}{name}/", body).status_code == 403
    assert client.get(url).json()["available_transitions"] == []
    assert perform(ticket, "resolve", actor=ada, resolution="Done.").status == "resolved"


def test_the_requester_edits_it_while_it_is_open(standing, ann, zoe):
    assert change(standing("blocked"), actor=ann, title="Both lamps").title == "Both lamps"

    with pytest.raises(NotFound):
        change(standing("new"), actor=zoe, title="My lamp")
    with pytest.raises(ConditionUnmet, match="has ended"):
        change(standing("resolved"), actor=ann, title="Both lamps")


def test_a_ticket_keeps_its_requester(standing, ben, zoe):
    with pytest.raises(InvalidInput) as refused:
        change(standing("new"), actor=ben, requester=zoe)

    assert [(each.field, each.code) for each in refused.value.errors] == [("requester", "settled")]


def test_agents_report_for_others_and_nobody_else_does(ann, ben, zoe):
    with pytest.raises(NotPermitted, match="on behalf"):
        report(ann, requester=zoe)

    ticket = report(ben, requester=zoe)

    assert (ticket.requester, ticket.created_by) == (zoe, ben)
    assert ticket.department == zoe.department


def test_nothing_is_reported_for_those_who_have_left(ann, ben, ada):
    perform(ann, "deactivate", actor=ada)
    ann.refresh_from_db()

    with pytest.raises(InvalidInput, match="requester: This account is deactivated"):
        report(ben, requester=ann)
