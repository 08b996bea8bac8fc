"""Who takes part, and what happens when somebody goes."""

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from core.errors import ConditionUnmet, InvalidInput, NotFound, NotPermitted
from core.lifecycle import change, create, perform, remove
from core.models import Event
from workflows.models import Member, Task
from workflows.tests.making import board, done, joins, project_of, task, told


def membership(project, person):
    return project.members.get(person=person)


def test_owners_take_people_in(ann, project, zoe):
    member = create(Member(project=project, person=zoe, role="viewer"), actor=ann)

    assert (member.person, member.role) == (zoe, "viewer")
    assert Event.of(member).get().actor == ann


def test_nobody_else_does(project, eve, vic, zoe):
    for person in (eve, vic):
        with pytest.raises(NotPermitted, match="Only owners of the project add members"):
            create(Member(project=project, person=zoe), actor=person)


def test_a_stranger_does_not_even_see_that_there_is_a_project(project, zoe, ben):
    for person in (zoe, ben):
        with pytest.raises((NotFound, NotPermitted, InvalidInput)):
            create(Member(project=project, person=person, role="owner"), actor=person)
    assert not project.members.filter(person__in=[zoe, ben]).exists()


def test_everybody_takes_part_once(ann, eve, project):
    with pytest.raises(InvalidInput, match="takes part already"):
        joins(project, eve)
    with pytest.raises(IntegrityError), transaction.atomic():
        Member(project=project, person=eve).save()


def test_whoever_has_left_flowtrack_is_not_taken_in(ada, project, zoe):
    zoe = perform(zoe, "deactivate", actor=ada)

    with pytest.raises(InvalidInput):
        joins(project, zoe)


def test_owners_change_roles(ann, eve, vic, project):
    change(membership(project, vic), actor=ann, role="editor")
    with pytest.raises(NotPermitted, match="Only owners"):
        change(membership(project, vic), actor=eve, role="owner")
    with pytest.raises(NotPermitted, match="Only owners"):
        change(membership(project, eve), actor=eve, role="owner")

    assert membership(project, vic).role == "editor"


def test_anybody_leaves(eve, project):
    remove(membership(project, eve), actor=eve)

    assert not project.members.filter(person=eve).exists()
    assert Event.objects.filter(action="deleted").last().actor == eve


def test_only_owners_send_somebody_away(ann, eve, vic, project):
    with pytest.raises(NotPermitted):
        remove(membership(project, vic), actor=eve)

    remove(membership(project, vic), actor=ann)


def test_who_answers_for_it_stays_until_it_is_handed_over(ann, zoe, ada, project):
    joins(project, zoe, "owner")
    for actor in (ann, zoe, ada):
        with pytest.raises(ConditionUnmet, match="Hand the project over first"):
            remove(membership(project, ann), actor=actor)
        with pytest.raises(ConditionUnmet, match="Hand the project over first"):
            change(membership(project, ann), actor=actor, role="viewer")

    perform(project, "transfer", actor=ann, owner=zoe)
    remove(membership(project, ann), actor=ann)
    assert [member.person for member in project.members.all()] == [zoe]


def test_whoever_goes_hands_back_their_tasks(ann, eve, project, workflow):
    hers, anns = task(workflow, assignee=eve), task(workflow, assignee=ann)
    elsewhere = project_of(eve)
    own = task(board(elsewhere), assignee=eve)

    remove(membership(project, eve), actor=ann)

    assert [Task.objects.get(pk=t.pk).assignee for t in (hers, anns, own)] == [None, ann, eve]
    event = Event.of(hers).last()
    assert (event.action, event.note) == ("unassigned", "Eve takes part no longer.")
    assert event.changes == {"assignee": [eve.pk, None]}
    assert told(anns) == ["created"]


def test_what_is_done_keeps_who_did_it(ann, eve, project, workflow):
    finished, given_up = done(task(workflow, assignee=eve)), task(workflow, assignee=eve)
    perform(given_up, "cancel", actor=ann, reason="Sold.")

    remove(membership(project, eve), actor=ann)

    assert [Task.objects.get(pk=t.pk).assignee for t in (finished, given_up)] == [eve, eve]
    assert perform(finished, "reopen", actor=ann).assignee is None
    assert Event.of(finished).last().changes["assignee"] == [eve.pk, None]


def test_who_is_still_there_has_what_is_reopened(ann, eve, workflow):
    assert perform(done(task(workflow, assignee=eve)), "reopen", actor=ann).assignee == eve


def test_nobody_goes_when_their_tasks_cannot_be_handed_back(
    ann, eve, project, workflow, monkeypatch
):
    hers = task(workflow, assignee=eve)
    monkeypatch.setattr("workflows.models.member.mark", lambda *args, **kwargs: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        remove(membership(project, eve), actor=ann)
    assert membership(project, eve)
    assert Task.objects.get(pk=hers.pk).assignee == eve


def test_who_only_looks_on_has_no_tasks(ann, eve, project, workflow):
    hers = task(workflow, assignee=eve)

    change(membership(project, eve), actor=ann, role="viewer")

    assert Task.objects.get(pk=hers.pk).assignee is None


def test_a_member_is_one_person_for_good(ann, eve, zoe, project):
    with pytest.raises(InvalidInput, match="settled"):
        change(membership(project, eve), actor=ann, person=zoe)


def test_members_know_each_other_and_strangers_do_not(ann, eve, vic, zoe, project):
    def known(person):
        return set(User.objects.for_user(person))

    assert known(vic) == {ann, eve, vic}
    assert known(zoe) == {zoe}

    perform(project, "archive", actor=ann)
    assert known(vic) == {vic}
