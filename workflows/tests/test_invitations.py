"""Somebody is asked by letter to take part: once, for seven days, with that address."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core import clock
from core.errors import ConditionUnmet, InvalidInput, NotPermitted
from core.lifecycle import change, create, perform, remove
from core.models import Event
from workflows.joining import join
from workflows.models import Invitation, InvitationLetter, Member
from workflows.tasks import send_invitations
from workflows.tests.making import joins, project_of, task, told


def invite(project, email, role="editor"):
    return create(Invitation(project=project, email=email, role=role), actor=project.owner)


def code():
    """What stands in the last letter."""
    assert send_invitations() == 1
    return re.search(r"^[\w-]{43}$", mail.outbox[-1].body, re.MULTILINE).group()


@pytest.fixture
def invitation(project, zoe):
    return invite(project, "Zoe@FlowTrack.example")


def test_whoever_is_invited_joins(ann, zoe, project, invitation):
    assert join(code(), person=zoe) == project

    assert mail.outbox[-1].to == [zoe.email]
    assert "New office" in mail.outbox[-1].body
    member = project.members.get(person=zoe)
    assert (member.role, Event.of(member).get().actor) == ("editor", zoe)
    assert told(invitation) == ["created", "accept"]
    assert Event.of(invitation).last().actor == zoe


def test_only_a_hash_of_the_code_is_kept(invitation):
    secret = code()

    assert secret not in str(list(InvitationLetter.objects.values()))
    assert secret not in str(list(Invitation.objects.values()))
    assert send_invitations() == 0


def test_every_dead_code_is_refused_in_the_same_words(ann, eve, zoe, project, invitation, as_):
    secret = code()
    other = code_of_another(project)
    answers = []

    def tried(token, person=zoe):
        body, header = {"token": token}, {"X-Request-ID": "same"}
        answers.append(as_(person).post("/api/invitations/accept/", body, headers=header))

    tried("no such code")
    tried(other)
    tried(secret, person=eve)
    perform(invitation, "withdraw", actor=ann)
    tried(secret)

    assert {(each.status_code, each.content) for each in answers} == {
        (400, answers[0].content),
    }
    assert not project.members.filter(person=zoe).exists()


def code_of_another(project):
    invite(project, "somebody@else.example")
    return code()


def test_a_code_is_good_once(ann, zoe, project, invitation):
    secret = code()
    join(secret, person=zoe)
    project.members.get(person=zoe).delete()

    with pytest.raises(InvalidInput, match="not valid, or not any more"):
        join(secret, person=zoe)


def test_it_is_good_for_seven_days(zoe, project):
    with clock.at(clock.now() - timedelta(days=7, minutes=1)):
        invite(project, zoe.email)
        late = code()
    with pytest.raises(InvalidInput, match="not valid, or not any more"):
        join(late, person=zoe)

    invite(project, zoe.email)
    assert join(code(), person=zoe) == project


def test_nobody_joins_what_is_put_away(ann, zoe, project, invitation):
    secret = code()
    perform(project, "archive", actor=ann)
    with pytest.raises(InvalidInput, match="not valid, or not any more"):
        join(secret, person=zoe)

    perform(project, "restore", actor=ann)
    assert join(secret, person=zoe) == project


def test_whoever_takes_part_already_is_told(zoe, project, invitation):
    joins(project, zoe, "viewer")

    with pytest.raises(ConditionUnmet, match="already"):
        join(code(), person=zoe)
    assert project.members.get(person=zoe).role == "viewer"


def test_an_invitation_alone_opens_nothing(ann, zoe, project, invitation):
    """Not even for a caller who names it: the role has to be the one that was offered, too."""
    for role, other in (("owner", project), ("editor", project_of(ann))):
        member = Member(project=other, person=zoe, role=role, invitation=invitation)
        with pytest.raises(NotPermitted):
            create(member, actor=zoe)


def test_nobody_is_asked_twice_at_once(project, invitation):
    with pytest.raises(InvalidInput, match="invited already"):
        invite(project, "zoe@flowtrack.example")


def test_a_letter_that_is_withdrawn_is_not_sent(ann, invitation):
    perform(invitation, "withdraw", actor=ann)

    assert send_invitations() == 0


def test_only_owners_invite(eve, project):
    with pytest.raises(NotPermitted):
        create(Invitation(project=project, email="carl@example.org"), actor=eve)


def test_only_so_many_wait_for_an_answer(project, monkeypatch):
    monkeypatch.setattr("workflows.models.invitation.MOST_PENDING", 1)
    invite(project, "one@example.org")

    with pytest.raises(ConditionUnmet, match="At most 1"):
        invite(project, "two@example.org")


@pytest.mark.parametrize("how", ["removed", "lowered"])
def test_who_invites_no_longer_takes_their_invitations_with_them(ann, eve, zoe, project, how):
    joined = change(project.members.get(person=eve), actor=ann, role="owner")
    by_eve = create(Invitation(project=project, email=zoe.email, role="owner"), actor=eve)
    secret = code()
    by_ann = invite(project, "one@example.org")

    if how == "removed":
        remove(joined, actor=ann)
    else:
        change(joined, actor=ann, role="editor")

    assert [told(by_eve), told(by_ann)] == [["created", "withdraw"], ["created"]]
    with pytest.raises(InvalidInput, match="not valid, or not any more"):
        join(secret, person=zoe)


def test_an_invitation_is_as_good_as_whoever_sent_it(ann, ada, zoe, eve, project):
    """Not sent and not accepted while they could not invite: deactivated, or an admin no longer."""
    change(project.members.get(person=eve), actor=ann, role="owner")
    create(Invitation(project=project, email=zoe.email), actor=eve)
    secret = code()
    by_eve = create(Invitation(project=project, email="one@example.org"), actor=eve)
    perform(eve, "deactivate", actor=ada)

    assert send_invitations() == 0
    with pytest.raises(InvalidInput, match="not valid, or not any more"):
        join(secret, person=zoe)

    perform(eve, "activate", actor=ada)
    assert send_invitations() == 1
    assert mail.outbox[-1].to == [by_eve.email]
    assert join(secret, person=zoe) == project


def test_admins_invite_as_long_as_they_are_admins(ada, person, project):
    boss = person("boss", role="admin")
    create(Invitation(project=project, email="one@example.org"), actor=boss)
    change(boss, actor=ada, role="requester")
    assert send_invitations() == 0

    change(boss, actor=ada, role="admin")
    remove(joins(project, boss, "owner"), actor=boss)
    assert send_invitations() == 1


def test_what_is_put_away_or_too_late_is_not_sent(ann, project):
    invite(project, "one@example.org")
    perform(project, "archive", actor=ann)
    assert send_invitations() == 0

    perform(project, "restore", actor=ann)
    with clock.at(clock.now() + timedelta(days=7, minutes=1)):
        assert send_invitations() == 0
    assert send_invitations() == 1


def test_a_person_invites_only_so_many_in_a_day(ann, ada, project, monkeypatch):
    monkeypatch.setattr("workflows.models.invitation.MOST_A_DAY", 2)
    with clock.at(clock.now() - timedelta(days=1, minutes=1)):
        invite(project, "before@example.org")
    invite(project, "one@example.org")
    elsewhere = project_of(ann)
    withdrawn = invite(elsewhere, "two@example.org")
    perform(withdrawn, "withdraw", actor=ann)

    with pytest.raises(ConditionUnmet, match="At most 2 invitations in 24 hours"):
        invite(elsewhere, "three@example.org")
    create(Invitation(project=project, email="three@example.org"), actor=ada)


def test_a_name_cannot_pass_for_more_of_the_letter(ann, eve, project, workflow, as_):
    for name in ("Office\n\nYour password expires", "Office\u2028Sign in", "Office\x07"):
        for item, field in ((project, "name"), (workflow, "name"), (task(workflow), "title")):
            with pytest.raises(InvalidInput, match="on one line") as refused:
                change(item, actor=ann, **{field: name})
            assert refused.value.errors[0].field == field
        assert as_(ann).post("/api/projects/", {"name": name}, format="json").status_code == 400
        with pytest.raises(InvalidInput, match="on one line"):
            change(ann, actor=ann, name=name)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="It locks the whole database.")
def test_whoever_joins_holds_the_project_before_the_letter(zoe, invitation):
    """As whoever withdraws does: else the two could wait for each other."""
    secret = code()

    with CaptureQueriesContext(connection) as asked:
        join(secret, person=zoe)

    holding = [q["sql"] for q in asked if "FOR UPDATE" in q["sql"] or q["sql"].startswith("UPDATE")]
    assert "FOR UPDATE" in holding[0]
    assert 'FROM "workflows_project"' in holding[0]


def test_over_http(zoe, project, invitation, as_):
    joined = as_(zoe).post("/api/invitations/accept/", {"token": code()})

    assert (joined.status_code, joined.json()["role"]) == (200, "editor")
    assert as_(zoe).get(f"/api/projects/{project}/").status_code == 200
