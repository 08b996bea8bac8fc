"""Merging: a duplicate follows the outcome of another ticket, and is set free again as it was."""

from datetime import UTC, datetime

import pytest

from core import clock
from core.errors import ConditionUnmet, InvalidInput, NotPermitted
from core.lifecycle import available, change, perform, transitions
from core.models import Event
from tickets.audience import hearers
from tickets.models import Ticket
from tickets.tests.making import ordered, report, through

WENT_ON = {
    "version",
    "updated_at",
    "response_due_at",
    "due_at",
    "warns_at",
    "response_warns_at",
    "next_alarm_at",
}
MORNING = datetime(2026, 5, 26, 9, tzinfo=UTC)


@pytest.fixture
def morning():
    """The clock stands, so that what is due can be compared as well."""
    with clock.at(MORNING):
        yield


@pytest.fixture
def survivor(ann, ben):
    """Ann's ticket, which ben sees to."""
    return through(report(ann), (ben, "triage", {"priority": "high"}), (ben, "start"))


@pytest.fixture
def duplicate(zoe):
    """What zoe reported of the same thing."""
    return report(zoe, title="It is dark here")


def merge(duplicate, survivor, agent):
    return perform(duplicate, "merge", actor=agent, merged_into=survivor)


def resolve(ticket, agent):
    return perform(ticket, "resolve", actor=agent, resolution="A new fuse.")


def now(ticket):
    return Ticket.objects.get(pk=ticket.pk)


def as_it_is(ticket):
    """Its columns, without bookkeeping and without when it is due: time went on meanwhile."""
    row = Ticket.objects.filter(pk=ticket.pk).values().get()
    return {name: value for name, value in row.items() if name not in WENT_ON}


def merged_into(survivor):
    """The columns of what is merged, where they differ: it is promised nothing of its own."""
    return {"merged_into_id": survivor.pk, "sla_policy_id": None}


def told(ticket):
    return [event.action for event in Event.of(ticket)]


def test_the_duplicate_follows_the_end_of_its_survivor(duplicate, survivor, ben, ann):
    merge(duplicate, survivor, ben)

    resolved = resolve(survivor, ben)
    assert now(duplicate).status == "resolved"
    assert now(duplicate).resolution == "A new fuse."
    assert now(duplicate).resolved_at == resolved.resolved_at

    closed = perform(resolved, "close", actor=ann)
    assert (now(duplicate).status, now(duplicate).closed_at) == ("closed", closed.closed_at)
    assert told(duplicate) == ["created", "merge", "follow", "follow"]
    assert [event.actor for event in Event.of(duplicate)] == [duplicate.requester, ben, None, None]


def test_why_its_survivor_was_cancelled_is_why_it_was(duplicate, ann, ben):
    survivor = report(ann)
    merge(duplicate, survivor, ben)

    perform(survivor, "cancel", actor=ann, reason="It was the bulb.")

    assert (now(duplicate).status, now(duplicate).reason) == ("cancelled", "It was the bulb.")


def test_why_its_survivor_waited_is_not_told_to_others(duplicate, survivor, ben):
    merge(duplicate, survivor, ben)
    blocked = perform(survivor, "block", actor=ben, reason="Ann's key is missing.")

    resolve(perform(blocked, "unblock", actor=ben), ben)

    assert (now(duplicate).status, now(duplicate).reason) == ("resolved", "")


def test_what_happens_to_its_survivor_in_between_leaves_it_alone(duplicate, survivor, ben):
    merged = as_it_is(merge(duplicate, survivor, ben))

    through(survivor, (ben, "block", {"reason": "A part."}), (ben, "unblock"))

    assert as_it_is(duplicate) == merged


def test_while_it_is_merged_nobody_moves_or_edits_it(duplicate, survivor, ben, zoe, ada):
    merged = merge(duplicate, survivor, ben)
    allowed = {option.transition.name for option in transitions(merged, ada) if option.allowed}
    assert allowed == {"unmerge"}

    with pytest.raises(ConditionUnmet, match="It is merged into another ticket"):
        perform(merged, "cancel", actor=zoe, reason="Never mind.")
    with pytest.raises(ConditionUnmet, match="It is merged into another ticket"):
        change(merged, actor=zoe, title="Dark")


def steps_to(status, agent):
    started = [(agent, "triage", {"priority": "low"}), (agent, "start")]
    return {
        "new": [],
        "triaged": started[:1],
        "in_progress": started,
        "blocked": [*started, (agent, "block", {"reason": "The part is ordered."})],
    }[status]


@pytest.mark.parametrize("status", ["new", "triaged", "in_progress", "blocked"])
@pytest.mark.parametrize("ends", [[], ["resolve"], ["resolve", "close"], ["resolve", "reopen"]])
def test_unmerging_restores_it_exactly(morning, duplicate, survivor, ben, carl, status, ends):
    duplicate = through(duplicate, *steps_to(status, carl))
    before = as_it_is(duplicate)
    merge(duplicate, survivor, ben)
    given = {"resolve": {"resolution": "A new fuse."}, "reopen": {"reason": "Dark again."}}
    through(survivor, *((ben, name, given.get(name, {})) for name in ends))

    unmerged = perform(duplicate, "unmerge", actor=ben)

    assert as_it_is(unmerged) == before
    assert unmerged.due_at == duplicate.due_at
    assert as_it_is(survivor)["status"] == {"resolve": "resolved", "close": "closed"}.get(
        ends[-1] if ends else "", "in_progress"
    )


def test_when_its_survivor_is_reopened_it_is_what_it_was(duplicate, survivor, ben, ann):
    before = as_it_is(duplicate)
    merge(duplicate, survivor, ben)

    perform(resolve(survivor, ben), "reopen", actor=ann, reason="Dark again.")

    assert as_it_is(duplicate) == {**before, **merged_into(survivor)}


def test_what_was_set_free_goes_its_own_way(duplicate, survivor, ben):
    merge(duplicate, survivor, ben)
    free = perform(duplicate, "unmerge", actor=ben)

    resolve(survivor, ben)

    assert now(free).status == "new"
    assert told(free) == ["created", "merge", "unmerge"]


def test_what_was_merged_twice_remembers_the_second_time(duplicate, survivor, ben, carl):
    merge(duplicate, survivor, ben)
    free = perform(duplicate, "unmerge", actor=ben)
    triaged = perform(free, "triage", actor=carl, priority="low")
    before = as_it_is(triaged)
    merge(triaged, survivor, ben)
    resolve(survivor, ben)

    assert as_it_is(perform(triaged, "unmerge", actor=ben)) == before


def test_what_it_is_not_merged_into(duplicate, survivor, ann, ben):
    with pytest.raises(InvalidInput, match="not merged into itself"):
        merge(duplicate, duplicate, ben)

    ended = perform(report(ann), "cancel", actor=ann, reason="It was the bulb.")
    with pytest.raises(ConditionUnmet, match=f"{ended} has ended"):
        merge(duplicate, ended, ben)

    merged = merge(report(ann), survivor, ben)
    with pytest.raises(ConditionUnmet, match=f"{merged} is merged itself"):
        merge(duplicate, merged, ben)


def test_whoever_has_to_go_there_goes_first(duplicate, survivor, ben):
    work_order = ordered(ben, ticket=duplicate)
    with pytest.raises(ConditionUnmet, match="Finish or cancel its work orders first"):
        merge(duplicate, survivor, ben)

    perform(work_order, "cancel", actor=ben, reason="Once is enough.")

    assert merge(duplicate, survivor, ben).is_merged


def test_only_agents_merge(duplicate, survivor, zoe, ben):
    with pytest.raises(NotPermitted):
        merge(duplicate, duplicate, zoe)
    merged = merge(duplicate, survivor, ben)
    with pytest.raises(NotPermitted):
        perform(merged, "unmerge", actor=zoe)


def test_nobody_makes_a_ticket_follow(duplicate, survivor, ben, ada):
    merged = merge(duplicate, survivor, ben)

    with pytest.raises(NotPermitted, match="Only FlowTrack itself"):
        perform(merged, "follow", actor=ada)

    assert "follow" not in available(merged, ada)


def test_whose_ticket_the_survivor_is_stays_hidden(duplicate, survivor, ann, zoe, ben, as_):
    merge(duplicate, survivor, ben)
    neighbour, url = as_(zoe), f"/api/tickets/{duplicate}/"

    shown = neighbour.get(url).json()
    assert (shown["is_merged"], shown["merged_into"]) == (True, None)
    told = neighbour.get(f"{url}history/").json()["results"][0]
    assert (told["action"], told["changes"]["merged_into"]) == ("merge", None)
    assert neighbour.get(f"/api/tickets/{survivor}/").status_code == 404

    theirs = as_(ben).get(url).json()
    assert theirs["merged_into"]["reference"] == str(survivor)


def test_a_survivor_names_the_duplicates_that_one_sees(duplicate, survivor, ann, ben, as_):
    own = merge(report(ann, title="Dark in my room, too"), survivor, ben)
    merge(duplicate, survivor, ben)
    url = f"/api/tickets/{survivor}/"

    def names(person):
        return [row["reference"] for row in as_(person).get(url).json()["duplicates"]]

    assert names(ann) == [str(own)]
    assert names(ben) == sorted([str(own), str(duplicate)], key=lambda each: int(each[4:]))


def test_watchers_of_both_hear_of_the_survivor_if_they_may_see_it(
    duplicate, survivor, ann, zoe, ben, carl, as_
):
    as_(carl).put(f"/api/tickets/{duplicate}/watch/")
    assert hearers(survivor) == [ann, ben]

    merge(duplicate, survivor, ben)

    assert hearers(now(survivor)) == [ann, ben, carl]  # and not zoe, who does not see it
    names = as_(ben).get(f"/api/tickets/{survivor}/watchers/").json()
    assert [person["name"] for person in names] == ["Ann", "Ben", "Carl"]

    perform(duplicate, "unmerge", actor=ben)
    assert hearers(now(survivor)) == [ann, ben]
