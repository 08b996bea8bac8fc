"""Eight at once approve what needs one approval: one wins, the others are told, one Event is left."""

import pytest

from tests.races.arena import ROUNDS, TIME, run

pytestmark = [pytest.mark.django_db(transaction=True), TIME]


def test_one_of_eight_wins(arena):
    for heat in run(arena, "approve", ROUNDS):
        assert len(heat.winners()) == 1
        assert heat.refusals() <= {"wrong_status", "condition_unmet"}
        (request,) = heat.items.values()
        assert (request["status"], request["told"]) == ("approved", ["created", "approve"])
