"""The life of a workflow, its limits, and its place among the others."""

import pytest
from django.db import IntegrityError, models, transaction

from core.errors import ConditionUnmet, InvalidInput, NotPermitted
from core.lifecycle import change, create, perform
from workflows.models import Task, Workflow
from workflows.tests.making import board, done, project_of, started, task, through, told


def order(project):
    return list(project.workflows.order_by("position").values_list("name", flat=True))


def test_a_workflow_has_its_whole_life(eve, project):
    made = create(Workflow(project=project, name="Move"), actor=eve)
    made = through(made, (eve, "activate"), (eve, "pause"), (eve, "resume"), (eve, "complete"))

    assert made.status == "completed"
    assert made.created_by == eve


def test_it_is_complete_when_its_tasks_have_ended(ann, workflow):
    item = task(workflow)
    with pytest.raises(ConditionUnmet, match="Finish or cancel its tasks first"):
        perform(workflow, "complete", actor=ann)

    done(item)
    assert perform(workflow, "complete", actor=ann).status == "completed"


def test_what_is_given_up_takes_its_unfinished_tasks_along(ann, workflow):
    finished, unfinished = done(task(workflow)), started(task(workflow))

    perform(workflow, "cancel", actor=ann, reason="No office.")

    unfinished = Task.objects.get(pk=unfinished.pk)
    assert (unfinished.status, unfinished.reason) == ("cancelled", "No office.")
    assert told(finished) == ["created", "start", "finish"]


def test_nothing_changes_in_what_has_ended(ann, workflow):
    item = done(task(workflow))
    workflow = perform(workflow, "complete", actor=ann)

    for attempt in (
        lambda: perform(item, "reopen", actor=ann),
        lambda: create(Task(workflow=workflow, title="More"), actor=ann),
        lambda: change(workflow, actor=ann, name="Moved"),
    ):
        with pytest.raises(ConditionUnmet, match="ended"):
            attempt()


def test_viewers_look_on(vic, project, workflow):
    for attempt in (
        lambda: create(Workflow(project=project, name="Mine"), actor=vic),
        lambda: perform(workflow, "pause", actor=vic),
        lambda: change(workflow, actor=vic, name="Mine"),
    ):
        with pytest.raises(NotPermitted, match="Only editors and owners"):
            attempt()


def test_a_stranger_makes_nothing_in_somebodys_project(project, zoe, ben):
    for person in (zoe, ben):
        with pytest.raises((NotPermitted, InvalidInput)) as refused:
            create(Workflow(project=project, name="Mine"), actor=person)
        assert project.name not in str(refused.value)
    assert not project.workflows.exists()


def test_it_stays_in_its_project(ann, workflow):
    with pytest.raises(InvalidInput, match="settled"):
        change(workflow, actor=ann, project=project_of(ann))


@pytest.mark.parametrize(
    "given",
    [
        [],
        "two",
        None,
        {"done": 1},
        {"lost": 1},
        {"todo": 0},
        {"todo": True},
        {"todo": 1.5},
        {"todo": "1"},
        {"todo": 1_001},
        {"todo": None},
    ],
)
def test_limits_are_whole_numbers_for_columns(ann, workflow, given):
    with pytest.raises(InvalidInput) as refused:
        change(workflow, actor=ann, wip_limits=given)

    assert [error.field for error in refused.value.errors] == ["wip_limits"]


def test_a_limit_is_not_lower_than_what_is_there(ann, workflow):
    for _ in range(2):
        started(task(workflow))

    with pytest.raises(ConditionUnmet, match="2 tasks"):
        change(workflow, actor=ann, wip_limits={"in_progress": 1})
    assert change(workflow, actor=ann, wip_limits={"in_progress": 2}).wip_limits == {
        "in_progress": 2
    }


def test_the_new_one_comes_last_and_is_put_anywhere(ann, project):
    one, two, three = (board(project, name=name) for name in ("one", "two", "three"))
    assert order(project) == ["one", "two", "three"]

    change(three, actor=ann, after=one)
    assert order(project) == ["one", "three", "two"]
    change(two, actor=ann, before=one)
    assert order(project) == ["two", "one", "three"]
    assert told(one) == ["created", "activate"]


def test_two_have_not_one_place(project):
    one, two = board(project), board(project)

    with pytest.raises(IntegrityError), transaction.atomic():
        models.QuerySet(Workflow).filter(pk=two.pk).update(position=one.position)
