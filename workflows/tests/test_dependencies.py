"""What waits for what: never in a circle, and told when the waiting is over."""

import pytest
from django.db import IntegrityError, models, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.errors import ConditionUnmet, InvalidInput, NotPermitted
from core.lifecycle import change, create, perform, remove
from core.models import Event
from workflows.models import Dependency, Task
from workflows.tests.making import board, done, plan, project_of, started, task, told


@pytest.fixture
def three(workflow):
    return [task(workflow, title=title) for title in ("one", "two", "three")]


def fresh(item):
    return Task.objects.get(pk=item.pk)


def test_it_waits_for_what_comes_first(three):
    one, two, _ = three
    plan(two, after=one)
    with pytest.raises(ConditionUnmet, match="waits for other tasks"):
        started(two)

    done(one)
    assert started(two).status == "in_progress"


def test_what_is_cancelled_is_not_done(ann, three):
    one, two, _ = three
    dependency = plan(two, after=one)
    perform(one, "cancel", actor=ann, reason="Sold.")
    with pytest.raises(ConditionUnmet):
        started(two)

    remove(dependency, actor=ann)
    assert started(two).status == "in_progress"


def test_what_has_begun_waits_for_nothing_more(ann, three):
    one, two, last = three
    dependency = plan(two, after=done(one))
    started(two)
    with pytest.raises(ConditionUnmet, match="has begun"):
        plan(two, after=last)
    perform(two, "block", actor=ann, reason="No boxes.")
    with pytest.raises(ConditionUnmet, match="has begun"):
        plan(two, after=last)

    remove(dependency, actor=ann)


def test_nobody_goes_on_with_what_waits(ann, three):
    one, two, _ = three
    dependency = plan(two, after=done(one))
    perform(started(two), "block", actor=ann, reason="No boxes.")
    perform(one, "reopen", actor=ann)
    with pytest.raises(ConditionUnmet, match="waits for other tasks"):
        perform(two, "unblock", actor=ann)

    remove(dependency, actor=ann)
    assert perform(two, "unblock", actor=ann).status == "in_progress"


def test_it_is_told_when_the_last_one_is_done(three):
    one, two, last = three
    plan(last, after=one)
    plan(last, after=two)

    done(one)
    assert "ready" not in told(last)
    done(two)
    event = Event.of(last).last()
    assert (event.action, event.actor) == ("ready", None)
    assert event.note == f"{two} was the last task that it waited for."


def test_what_is_under_way_is_not_told(ann, three):
    one, two, _ = three
    perform(two, "cancel", actor=ann, reason="Sold.")
    with pytest.raises(ConditionUnmet, match="has ended"):
        plan(two, after=one)

    done(one)
    assert "ready" not in told(two)


def test_nothing_waits_for_itself(three):
    one = three[0]

    with pytest.raises(InvalidInput, match="does not wait for itself"):
        plan(one, after=one)
    with pytest.raises(IntegrityError), transaction.atomic():
        Dependency(task=one, depends_on=one).save()


def test_nothing_waits_in_a_circle(three):
    one, two, last = three
    plan(two, after=one)
    plan(last, after=two)

    for item, after in ((one, two), (one, last)):
        with pytest.raises(ConditionUnmet, match="that would be a circle"):
            plan(item, after=after)


def test_it_waits_for_another_once(three):
    one, two, _ = three
    plan(two, after=one)

    with pytest.raises(InvalidInput, match="already"):
        plan(two, after=one)


def test_it_waits_across_the_boards_of_its_project_only(ann, zoe, project, three):
    assert plan(three[0], after=task(board(project)))

    with pytest.raises(InvalidInput, match="another project"):
        plan(three[0], after=task(board(project_of(ann))))
    with pytest.raises(InvalidInput, match="There is no such choice"):
        plan(three[0], after=task(board(project_of(zoe))))


def test_only_editors_plan(vic, zoe, three):
    one, two, _ = three
    with pytest.raises(NotPermitted):
        create(Dependency(task=two, depends_on=one), actor=vic)
    with pytest.raises((NotPermitted, InvalidInput)):
        create(Dependency(task=two, depends_on=one), actor=zoe)


def test_what_waits_for_what_is_settled(ann, three):
    one, two, last = three
    dependency = plan(two, after=one)

    with pytest.raises(InvalidInput, match="settled"):
        change(dependency, actor=ann, depends_on=last)


def test_its_history_says_what_it_was(ann, three):
    one, two, _ = three
    dependency = plan(two, after=one)
    key = dependency.pk
    remove(dependency, actor=ann)

    notes = Event.objects.filter(subject_type="workflows.dependency", subject_id=str(key))
    assert notes.order_by("pk").first().note == f"{two} waits for {one}"


def test_a_task_knows_what_it_waits_for(three, django_assert_num_queries):
    one, two, last = three
    plan(last, after=two)
    plan(last, after=one)

    with django_assert_num_queries(1):
        row = Task.objects.for_display().get(pk=last.pk)
        assert [each.title for each in row.predecessors] == ["one", "two"]
    assert list(Task.objects.all().waiting()) == [last]


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(wishes=st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=4, max_size=14))
def test_whatever_is_wished_there_is_an_order(workflow, wishes):
    with transaction.atomic():
        tasks = [task(workflow, title=str(number)) for number in range(5)]
        for number, other in wishes:
            try:
                plan(tasks[number], after=tasks[other])
            except (ConditionUnmet, InvalidInput):
                continue
        pairs = models.QuerySet(Dependency).filter(task__in=tasks)
        left = set(pairs.values_list("task", "depends_on"))
        transaction.set_rollback(True)

    while left:
        waiting = {one for one, _ in left}
        free = {pair for pair in left if pair[1] not in waiting}
        assert free, "They wait in a circle."
        left -= free
