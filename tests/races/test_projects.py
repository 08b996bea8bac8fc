"""Eight at once in a project: no column overflows, nothing waits in a circle, somebody answers for it."""

import pytest

from tests.races.arena import ROUNDS, TIME, run
from tests.races.project_scenes import LIMIT

pytestmark = [pytest.mark.django_db(transaction=True), TIME]


def test_a_column_never_holds_more_than_its_limit(arena):
    for heat in run(arena, "fill_a_column", ROUNDS):
        assert len(heat.winners()) == LIMIT
        assert heat.refusals() == {"condition_unmet"}
        started = [name for name, each in heat.items.items() if each["status"] == "in_progress"]
        assert sorted(started) == sorted(attempt.item for attempt in heat.winners())


def test_nothing_waits_in_a_circle(arena):
    for heat in run(arena, "close_a_circle", ROUNDS):
        assert len(heat.winners()) == len(heat.attempts) - 1
        assert heat.refusals() == {"condition_unmet"}
        (free,) = [name for name, each in heat.items.items() if not each["waits_for"]]
        assert free not in {attempt.item for attempt in heat.winners()}


def test_who_takes_a_project_over_stays_in_it(arena):
    for heat in run(arena, "hand_over_and_leave", ROUNDS):
        (project,) = heat.items.values()
        assert project["owner"] == "mia"
        assert project["members"] == {"ann": "owner", "mia": "owner"}
        assert heat.refusals() <= {"condition_unmet", "not_found"}


def test_one_owner_stays_when_all_leave(arena):
    for heat in run(arena, "leave_together", ROUNDS):
        (project,) = heat.items.values()
        assert (project["owner"], project["members"]) == ("ann", {"ann": "owner"})
        assert sorted(attempt.by for attempt in heat.winners()) == ["mia", "tom"]


def test_who_has_left_has_no_tasks(arena):
    for heat in run(arena, "give_a_task_to_who_leaves", ROUNDS):
        left = [attempt for attempt in heat.winners() if attempt.name == "leave"]
        assert len(left) == 1
        task = next(each for name, each in heat.items.items() if name.startswith("TSK"))
        assert task["assignee_takes_part"]
