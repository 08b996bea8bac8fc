"""Eight at once on tickets and work orders: what cannot be true together never is."""

import pytest

from tests.races.arena import ROUNDS, TIME, run

pytestmark = [pytest.mark.django_db(transaction=True), TIME]


def test_a_ticket_is_resolved_once(arena):
    for heat in run(arena, "resolve", ROUNDS):
        assert len(heat.winners()) == 1
        assert heat.refusals() == {"wrong_status"}
        (ticket,) = heat.items.values()
        assert ticket["told"] == ["created", "triage", "start", "resolve"]


def test_what_is_cancelled_is_triaged_before_or_never(arena):
    for heat in run(arena, "cancel_or_triage", ROUNDS):
        assert heat.refusals() == {"wrong_status"}
        (ticket,) = heat.items.values()
        assert ticket["status"] == "cancelled"
        assert ticket["told"] in (["created", "cancel"], ["created", "triage", "cancel"])
        won = sorted(attempt.name for attempt in heat.winners())
        assert won == sorted(ticket["told"][1:])


def test_nobody_is_sent_to_two_places_at_once(arena):
    for heat in run(arena, "dispatch", ROUNDS):
        assert heat.refusals() == {"condition_unmet"}
        (winner,) = heat.winners()
        sent = [name for name, each in heat.items.items() if each["status"] == "dispatched"]
        assert sent == [winner.item]


def test_of_two_tickets_one_follows_the_other(arena):
    for heat in run(arena, "merge_each_other", ROUNDS):
        assert heat.refusals() == {"condition_unmet"}
        (winner,) = heat.winners()
        survivor = winner.body["merged_into"]
        assert heat.items[winner.item]["survivor"] == survivor
        assert heat.items[survivor]["survivor"] is None


def test_what_is_merged_in_the_last_moment_follows_to_the_end(arena):
    for heat in run(arena, "merge_into_what_ends", ROUNDS):
        ended = next(each.item for each in heat.winners() if each.name == "resolve")
        merged = [each.item for each in heat.winners() if each.name == "merge"]
        assert len(heat.winners()) == len(merged) + 1 <= 2
        assert heat.items[ended]["status"] == "resolved"
        for name in merged:
            assert heat.items[name]["status"] == "resolved"
            assert heat.items[name]["told"] == ["created", "merge", "follow"]
