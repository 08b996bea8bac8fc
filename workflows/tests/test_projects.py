"""The life of a project, and who leads it."""

from datetime import date

import pytest
from django.db import IntegrityError, models, transaction

from core.errors import ConditionUnmet, InvalidInput, NotFound, NotPermitted, WrongStatus
from core.lifecycle import available, change, create, perform
from core.models import Event
from core.querysets import visible_row
from workflows.models import Member, Project, Task, Workflow
from workflows.tests.making import board, joins, project_of, task, through, told

OWNERS_ALONE = ["pause", "complete", "transfer", "archive"]


def written(item, **columns):
    """The row with these columns, past every rule of ours."""
    with transaction.atomic():
        return models.QuerySet(type(item)).filter(pk=item.pk).update(**columns)


def test_whoever_begins_a_project_owns_it(ann):
    project = project_of(ann)

    assert (project.owner, project.created_by) == (ann, ann)
    assert [(m.person, m.role) for m in project.members.all()] == [(ann, "owner")]
    assert project.summary() == {
        "id": project.pk,
        "reference": f"PRJ-{project.pk}",
        "title": "New office",
    }


def test_nobody_begins_a_project_for_somebody_else(ann, zoe):
    assert project_of(ann, owner=zoe).owner == ann


def test_a_project_has_its_whole_life(ann, project):
    project = through(project, (ann, "pause"), (ann, "resume"), (ann, "complete"))

    assert project.status == "completed"
    assert project.completed_at is not None
    assert told(project) == ["created", "pause", "resume", "complete"]


def test_it_is_complete_when_its_workflows_have_ended(ann, project):
    workflow = board(project)
    with pytest.raises(ConditionUnmet, match="Complete or cancel its workflows first"):
        perform(project, "complete", actor=ann)

    perform(workflow, "cancel", actor=ann, reason="No office.")
    assert perform(project, "complete", actor=ann).status == "completed"


@pytest.mark.parametrize("name", OWNERS_ALONE)
def test_only_owners_lead_it(project, eve, vic, name):
    inputs = {"owner": eve} if name == "transfer" else {}

    for person in (eve, vic):
        with pytest.raises(NotPermitted, match="Only owners of the project do this"):
            perform(project, name, actor=person, **inputs)


@pytest.mark.parametrize("name", OWNERS_ALONE)
def test_for_others_it_does_not_exist(project, zoe, ben, name):
    for person in (zoe, ben):
        with pytest.raises(NotFound):
            perform(project, name, actor=person, **{"owner": zoe} if name == "transfer" else {})


def test_an_admin_overrides_and_the_history_says_so(project, ada):
    perform(project, "pause", actor=ada, note="Budget.")

    assert Event.of(project).last().actor == ada


@pytest.mark.parametrize("before", ["active", "on_hold", "completed"])
def test_what_is_restored_is_where_it_was(ann, project, before):
    steps = {"on_hold": ["pause"], "completed": ["complete"]}.get(before, [])
    project = through(project, *((ann, step) for step in steps))

    project = perform(project, "archive", actor=ann)
    assert (project.status, project.archived_from) == ("archived", before)
    project = perform(project, "restore", actor=ann)
    assert (project.status, project.archived_from, project.archived_at) == (before, "", None)


def test_what_is_archived_exists_for_its_owners_only(ann, eve, vic, ben, ada, project, workflow):
    item = task(workflow)
    perform(project, "archive", actor=ann)

    for row in (project, workflow, item):
        seen = [p for p in (ann, eve, vic, ben, ada) if visible_row(type(row), p, row.pk)]
        assert seen == [ann, ada]
    assert list(Task.objects.for_user(ann).living()) == []
    assert list(Task.objects.for_user(ann).archived()) == [item]
    assert list(Project.objects.for_user(ann).living()) == []


def test_nothing_in_it_changes_while_it_is_archived(ann, ada, zoe, project, workflow):
    item = task(workflow)
    perform(project, "archive", actor=ann)

    for actor in (ann, ada, None):
        for attempt in (
            lambda: perform(item, "start", actor=actor),  # noqa: B023
            lambda: change(item, actor=actor, title="Unpack"),  # noqa: B023
            lambda: perform(workflow, "pause", actor=actor),  # noqa: B023
            lambda: change(workflow, actor=actor, name="Stay"),  # noqa: B023
            lambda: change(project, actor=actor, name="Old office"),  # noqa: B023
            lambda: create(Task(workflow=workflow, title="Lift"), actor=actor),  # noqa: B023
            lambda: create(Workflow(project=project, name="Lift"), actor=actor),  # noqa: B023
            lambda: create(Member(project=project, person=zoe), actor=actor),  # noqa: B023
        ):
            with pytest.raises(ConditionUnmet, match="restore it first"):
                attempt()


def test_handing_over_makes_an_owner_of_whoever_takes_it(ann, zoe, project):
    project = perform(project, "transfer", actor=ann, owner=zoe)

    assert project.owner == zoe
    roles = {member.person: member.role for member in project.members.all()}
    assert roles == {ann: "owner", zoe: "owner"}


def test_handing_over_to_a_member_raises_them(ann, vic, project):
    perform(project, "transfer", actor=ann, owner=vic)

    assert project.members.get(person=vic).role == "owner"


def test_it_is_not_handed_to_somebody_who_has_left(ann, ada, zoe, project):
    zoe = perform(zoe, "deactivate", actor=ada)

    with pytest.raises(InvalidInput):
        perform(project, "transfer", actor=ann, owner=zoe)
    assert not project.members.filter(person=zoe).exists()


def test_it_ends_after_it_starts(ann, project):
    with pytest.raises(InvalidInput, match="has to end after"):
        change(project, actor=ann, starts_on=date(2031, 3, 2), ends_on=date(2031, 3, 1))
    with pytest.raises(IntegrityError):
        written(project, starts_on=date(2031, 3, 2), ends_on=date(2031, 3, 1))


def test_the_database_knows_no_project_without_an_owner(project):
    with pytest.raises(IntegrityError):
        written(project, owner=None)


@pytest.mark.parametrize(
    "columns", [{"status": "archived"}, {"archived_from": "active"}, {"status": "lost"}]
)
def test_the_database_knows_where_an_archived_one_was(project, columns):
    with pytest.raises(IntegrityError):
        written(project, **columns)


def test_owners_edit_it_and_others_do_not(ann, eve, project):
    with pytest.raises(NotPermitted):
        change(project, actor=eve, name="Eve's office")

    assert change(project, actor=ann, name="Office").name == "Office"


def test_what_one_may_do_is_known_without_asking_again(
    ann, eve, project, django_assert_num_queries
):
    with django_assert_num_queries(2):
        of_ann, of_eve = (visible_row(Project, person, project.pk) for person in (ann, eve))
        assert available(of_ann, ann) == ["pause", "complete", "transfer", "archive"]
        assert available(of_eve, eve) == []


def test_a_row_that_was_loaded_for_one_answers_for_another(ann, eve, project):
    loaded_for_ann = visible_row(Project, ann, project.pk)

    assert loaded_for_ann.role_of(eve) == "editor"


def test_a_completed_project_gets_no_more_workflows(ann, project):
    perform(project, "complete", actor=ann)

    with pytest.raises(ConditionUnmet, match="has ended"):
        create(Workflow(project=project, name="More"), actor=ann)
    with pytest.raises(WrongStatus):
        perform(project, "pause", actor=ann)


def test_several_own_a_project(ann, zoe, project):
    joins(project, zoe, "owner")

    assert perform(project, "pause", actor=zoe).status == "on_hold"


def test_nobody_writes_on_what_is_archived(ann, ada, project, workflow, as_):
    item = task(workflow)
    api, urls = (
        as_(ann),
        [f"/api/tasks/{item}/", f"/api/workflows/{workflow}/", f"/api/projects/{project}/"],
    )
    said = [api.post(f"{url}comments/", {"body": "Before."}).json()["id"] for url in urls]
    perform(project, "archive", actor=ann)

    for person in (ann, ada):
        for url in urls:
            answer = as_(person).post(f"{url}comments/", {"body": "Too late."})
            assert (answer.status_code, answer.json()["code"]) == (409, "condition_unmet")
    for key in said:
        assert api.patch(f"/api/comments/{key}/", {"body": "Other words."}).status_code == 409
    # Words can always be taken away.
    assert api.delete(f"/api/comments/{said[0]}/").status_code == 204
    perform(project, "restore", actor=ann)
    assert api.post(f"{urls[0]}comments/", {"body": "Again."}).status_code == 201
