"""The life of a task, whose it is, and where it stands on the board."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from core import clock
from core.errors import ConditionUnmet, InvalidInput, NotFound, NotPermitted
from core.lifecycle import available, change, create, perform, transitions
from core.querysets import visible_row
from discussion.models.tagged import VOCABULARY
from workflows.models import Task, Workflow
from workflows.starting import able_among
from workflows.tests.making import board, done, project_of, started, task, through, told


def order(workflow):
    return list(workflow.tasks.order_by("position").values_list("title", flat=True))


def fresh(item):
    return Task.objects.get(pk=item.pk)


def test_a_task_has_its_whole_life(eve, workflow):
    item = create(Task(workflow=workflow, title="Pack"), actor=eve)
    item = through(
        item,
        (eve, "start"),
        (eve, "block", {"reason": "No boxes."}),
        (eve, "unblock"),
        (eve, "finish"),
        (eve, "reopen"),
    )

    assert (item.status, item.started_at, item.finished_at) == ("todo", None, None)
    assert perform(item, "cancel", actor=eve, reason="Sold.").reason == "Sold."


def test_viewers_look_on(vic, workflow):
    item = task(workflow)

    assert available(visible_row(Task, vic, item.pk), vic) == []
    with pytest.raises(NotPermitted):
        perform(item, "start", actor=vic)
    with pytest.raises(NotPermitted):
        create(Task(workflow=workflow, title="Mine"), actor=vic)


def test_for_strangers_and_agents_it_does_not_exist(workflow, zoe, ben):
    item = task(workflow)

    for person in (zoe, ben):
        assert not Task.objects.for_user(person).exists()
        with pytest.raises(NotFound):
            perform(item, "start", actor=person)
        with pytest.raises(NotFound):
            change(item, actor=person, title="Mine")
        with pytest.raises((NotPermitted, InvalidInput)):
            create(Task(workflow=workflow, title="Mine"), actor=person)


def test_nothing_is_started_where_nothing_runs(ann, project, workflow):
    item = task(workflow)
    perform(workflow, "pause", actor=ann)
    with pytest.raises(ConditionUnmet, match="does not run"):
        started(item)

    perform(workflow, "resume", actor=ann)
    perform(project, "pause", actor=ann)
    with pytest.raises(ConditionUnmet, match="on hold"):
        started(item)


def test_only_who_may_edit_is_given_tasks(ann, eve, vic, zoe, ada, workflow):
    assert task(workflow, assignee=eve).assignee == eve

    for person in (vic, zoe, ada):
        with pytest.raises(InvalidInput, match="Only an editor or owner"):
            task(workflow, assignee=person)
        with pytest.raises(InvalidInput, match="Only an editor or owner"):
            change(task(workflow), actor=ann, assignee=person)


def test_who_has_left_flowtrack_is_given_nothing(ann, eve, ada, project, workflow):
    hers = task(workflow, assignee=eve)
    perform(eve, "deactivate", actor=ada)

    with pytest.raises(InvalidInput, match="Only an editor or owner"):
        task(workflow, assignee=eve)
    with pytest.raises(InvalidInput, match="Only an editor or owner"):
        change(task(workflow), actor=ann, assignee=eve)
    assert able_among(project, [ann, eve]) == [ann]
    # What was hers before holds nothing up.
    assert change(hers, actor=ann, title="Pack").assignee == eve


def test_its_tags_are_words_of_the_common_vocabulary(workflow):
    apps.get_model(VOCABULARY)(slug="vpn").save()

    assert task(workflow, tags=["vpn", "vpn"]).tags == ["vpn"]
    with pytest.raises(InvalidInput, match="There is no tag lan"):
        task(workflow, tags=["lan"])


def test_what_has_ended_stays_as_it_is(ann, workflow):
    with pytest.raises(ConditionUnmet, match="stays as it is"):
        change(done(task(workflow)), actor=ann, title="Unpack")


def test_a_full_column_takes_no_more(ann, project):
    workflow = board(project, wip_limits={"in_progress": 1, "todo": 2, "blocked": 1})
    one, two = task(workflow), task(workflow)
    with pytest.raises(ConditionUnmet, match="column of the board is full"):
        task(workflow)

    started(one)
    with pytest.raises(ConditionUnmet, match="column of the board is full"):
        started(two)
    option = next(o for o in transitions(fresh(two), ann) if o.transition.name == "start")
    assert option.reason == "This column of the board is full: its limit is reached."

    perform(one, "block", actor=ann, reason="No boxes.")
    started(two)
    for name, inputs in (("block", {"reason": "No lift."}),):
        with pytest.raises(ConditionUnmet, match="full"):
            perform(two, name, actor=ann, **inputs)
    with pytest.raises(ConditionUnmet, match="full"):
        perform(one, "unblock", actor=ann)


def test_a_full_column_takes_nothing_back(ann, project):
    workflow = board(project, wip_limits={"todo": 1})
    finished = done(task(workflow))
    task(workflow)

    with pytest.raises(ConditionUnmet, match="full"):
        perform(finished, "reopen", actor=ann)


def test_a_new_one_comes_last_and_is_put_anywhere(ann, workflow):
    one, two, three = (task(workflow, title=title) for title in ("one", "two", "three"))

    change(three, actor=ann, after=one)
    assert order(workflow) == ["one", "three", "two"]
    change(two, actor=ann, before=one)
    assert order(workflow) == ["two", "one", "three"]
    change(two, actor=ann, after=one, before=three)
    assert order(workflow) == ["one", "two", "three"]
    assert told(one) == ["created"]


def test_a_gap_takes_one_after_the_other(ann, workflow):
    first, last = task(workflow, title="first"), task(workflow, title="last")

    for number in range(40):
        change(task(workflow, title=str(number)), actor=ann, after=first)

    assert order(workflow) == ["first", *map(str, reversed(range(40))), "last"]
    assert (told(first), told(last)) == (["created"], ["created"])


def test_neighbours_stand_in_their_order_on_this_board(ann, workflow, project):
    one, two, three = task(workflow), task(workflow), task(workflow)

    with pytest.raises(InvalidInput, match="behind the other"):
        change(three, actor=ann, after=two, before=one)
    for stranger in (task(board(project)), task(board(project_of(ann))), Task(pk=10**9), three):
        with pytest.raises(InvalidInput, match="There is no such choice"):
            change(three, actor=ann, after=stranger)


def test_it_moves_to_another_board(ann, project, workflow):
    other = board(project, name="Pack")
    stays, moves = task(other, title="stays"), task(workflow, title="moves")

    moves = change(moves, actor=ann, workflow=other, before=stays)

    assert moves.workflow == other
    assert order(other) == ["moves", "stays"]


def test_another_board_needs_room_too(ann, project, workflow):
    full = board(project, wip_limits={"todo": 1})
    task(full)

    with pytest.raises(ConditionUnmet, match="full"):
        change(task(workflow), actor=ann, workflow=full)


def test_what_has_begun_does_not_move_to_where_nothing_runs(ann, project, workflow):
    draft = create(Workflow(project=project, name="Later"), actor=ann)
    under_way, blocked = started(task(workflow)), started(task(workflow))
    blocked = perform(blocked, "block", actor=ann, reason="No boxes.")

    for item in (under_way, blocked):
        with pytest.raises(ConditionUnmet, match="does not run"):
            change(item, actor=ann, workflow=draft)
    assert change(task(workflow), actor=ann, workflow=draft).workflow == draft


def test_it_does_not_move_to_what_has_ended(ann, project, workflow):
    ended = perform(board(project), "complete", actor=ann)

    with pytest.raises(ConditionUnmet, match="ended"):
        change(task(workflow), actor=ann, workflow=ended)


def test_it_stays_in_its_project(ann, zoe, workflow):
    own, foreign = board(project_of(ann)), board(project_of(zoe))

    with pytest.raises(ConditionUnmet, match="stays in its project"):
        change(task(workflow), actor=ann, workflow=own)
    with pytest.raises(InvalidInput, match="There is no such choice") as refused:
        change(task(workflow), actor=ann, workflow=foreign)
    assert refused.value.errors[0].code == "does_not_exist"


def test_it_is_overdue_after_its_day(workflow):
    today = clock.today()
    late, due = task(workflow, due_on=today - timedelta(days=1)), task(workflow, due_on=today)
    done(task(workflow, due_on=date(2020, 1, 1)))

    assert list(Task.objects.all().overdue(at=clock.now())) == [late]
    assert [each.is_overdue(at=clock.now()) for each in (late, due)] == [True, False]


def test_what_one_may_do_is_known_without_asking_again(ann, project, django_assert_num_queries):
    workflow = board(project, wip_limits={"in_progress": 1})
    for _ in range(5):
        task(workflow)

    with django_assert_num_queries(1):
        rows = list(Task.objects.for_user(ann).for_display())
        assert {tuple(available(row, ann)) for row in rows} == {("start", "cancel")}


@pytest.mark.parametrize("columns", [{"status": "done"}, {"finished_at": "2031-03-01T00:00Z"}])
def test_the_database_knows_when_it_was_done(workflow, columns):
    with pytest.raises(IntegrityError), transaction.atomic():
        models.QuerySet(Task).filter(pk=task(workflow).pk).update(**columns)
