"""Accounts in the admin."""

from __future__ import annotations

import pytest
from django.core import mail
from django.urls import NoReverseMatch, reverse

from accounts.models import Approver, Session, Team, User
from accounts.tasks import send_account_mail
from core.models import Event


def changelist(model):
    return reverse(f"admin:accounts_{model}_changelist")


@pytest.mark.parametrize("model", ["user", "department", "team", "substitution"])
def test_agents_look_and_admins_work(on_pages, ann, ben, ada, model):
    assert on_pages(ann).get(changelist(model)).status_code in (302, 403)
    assert on_pages(ben).get(changelist(model)).status_code == 200
    assert on_pages(ben).get(reverse(f"admin:accounts_{model}_add")).status_code in (
        200 if model == "substitution" else 403,
        403,
    )
    assert on_pages(ada).get(reverse(f"admin:accounts_{model}_add")).status_code == 200


def test_an_admin_adds_somebody_who_is_invited(on_pages, ada, departments):
    form = {
        "name": "New",
        "email": "New@flowtrack.example",
        "role": "agent",
        "department": departments["legal"].pk,
    }
    answer = on_pages(ada).post(reverse("admin:accounts_user_add"), form)
    send_account_mail()

    assert answer.status_code == 302, answer.context["errors"]
    new = User.objects.get(email="new@flowtrack.example")
    assert Event.of(new).get().actor == ada
    assert mail.outbox[0].to == [new.email]


def test_a_mail_to_choose_a_new_password(on_pages, ada, ann):
    page = on_pages(ada)

    page.post(changelist("user"), {"action": "send_password_reset", "_selected_action": [ann.pk]})
    send_account_mail()

    assert mail.outbox[0].to == [ann.email]


def test_an_agent_does_neither(on_pages, ben, ann):
    page = on_pages(ben)

    for action in ("send_password_reset", "sign_out_everywhere"):
        page.post(changelist("user"), {"action": action, "_selected_action": [ann.pk]})

    assert not ann.mails.exists()


def test_ending_sessions(on_pages, log_in, ada, ann):
    log_in(ann)
    page = on_pages(ada)
    session = ann.sessions.get()

    assert page.get(reverse("admin:accounts_session_change", args=[session.pk])).status_code == 200
    page.post(changelist("session"), {"action": "end", "_selected_action": [str(session.pk)]})

    assert Session.objects.get(pk=session.pk).end_reason == "revoked"


def test_there_are_no_groups_beside_the_roles():
    with pytest.raises(NoReverseMatch):
        reverse("admin:auth_group_changelist")


def test_sessions_are_the_admins_business(on_pages, ben):
    assert on_pages(ben).get(changelist("session")).status_code == 403


def test_ones_own_email_is_not_changed_here(on_pages, ada):
    page = on_pages(ada)
    url = reverse("admin:accounts_user_change", args=[ada.pk])

    form = {"name": "Ada", "role": "admin", "department": ada.department_id, "email": "x@y.example"}
    page.post(url, form)

    ada.refresh_from_db()
    assert ada.email == "ada@flowtrack.example"


def test_members_and_approvers_leave_events(on_pages, ada, ann, departments):
    page = on_pages(ada)
    inline = {
        "memberships-TOTAL_FORMS": 1,
        "memberships-INITIAL_FORMS": 0,
        "memberships-0-user": ann.pk,
    }
    page.post(reverse("admin:accounts_team_add"), {"name": "Movers", **inline})
    legal = departments["legal"]
    inline = {"approvers-TOTAL_FORMS": 1, "approvers-INITIAL_FORMS": 0, "approvers-0-user": ann.pk}
    page.post(
        reverse("admin:accounts_department_change", args=[legal.pk]),
        {"name": "Legal", "slug": "legal", **inline},
    )

    joined = Team.objects.get().memberships.get()
    named = Approver.objects.get()
    assert [Event.of(row).get().actor for row in (joined, named)] == [ada, ada]
