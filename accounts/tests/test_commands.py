"""What the support team does from the shell: thin hands, safe to run twice."""

from __future__ import annotations

import io

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from accounts.tests.conftest import PASSWORD, bearer
from core.models import Event


@pytest.fixture
def run(db, capsys):
    def command(*arguments):
        call_command(*arguments)
        return capsys.readouterr().out

    return command


def test_the_first_admin(run, log_in, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\n"))

    said = run("create_admin", "Ada.Byron@Example.com", "--password-stdin")
    again = run("create_admin", "ada.byron@example.com")

    ada = User.objects.get()
    assert (ada.email, ada.name, ada.role) == ("ada.byron@example.com", "Ada Byron", "admin")
    assert "is an admin now" in said
    assert "already" in again
    assert log_in(ada)
    assert [event.action for event in Event.of(ada)] == ["created"]


def test_a_weak_password_is_no_beginning(run, monkeypatch):
    monkeypatch.setenv("FLOWTRACK_ADMIN_PASSWORD", "password")

    with pytest.raises(CommandError, match="too short"):
        run("create_admin", "ada@example.com")
    assert not User.objects.exists()


def test_without_a_terminal_it_says_where_else_a_password_is_read(run, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    monkeypatch.setattr("accounts.management.commands.create_admin.getpass", lambda prompt: input())

    with pytest.raises(CommandError, match="--password-stdin"):
        run("create_admin", "ada@example.com")


def test_an_address_is_looked_at_before_a_password_is_asked_for(run):
    with pytest.raises(CommandError, match="no e-mail address"):
        run("create_admin", "ada")


def test_an_account_is_not_taken_over(run, ann):
    with pytest.raises(CommandError, match="Use set_role"):
        run("create_admin", ann.email)


def test_setting_a_role(run, log_in, ann):
    phone = bearer(log_in(ann)["access"])

    assert "would" in run("set_role", ann.email, "agent", "--dry-run")
    assert phone.get("/api/auth/me/").status_code == 200
    assert "went from requester to agent" in run("set_role", ann.email.upper(), "agent")
    assert "already" in run("set_role", ann.email, "agent")

    ann.refresh_from_db()
    assert ann.role == "agent"
    assert phone.get("/api/auth/me/").status_code == 401


def test_deactivating_somebody(run, ann):
    assert "would" in run("deactivate_user", ann.email, "--dry-run")
    assert "is deactivated." in run("deactivate_user", ann.email, "--note", "Left.")
    assert "already" in run("deactivate_user", ann.email)

    event = Event.of(ann).last()
    assert (event.action, event.actor, event.note) == ("deactivate", None, "Left.")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["deactivate_user", "ada@flowtrack.example"], "The last active admin stays"),
        (["set_role", "ada@flowtrack.example", "agent"], "The last active admin stays"),
        (["deactivate_user", "nobody@example.com"], "There is nobody with the e-mail"),
        (["set_role", "nobody@example.com", "agent"], "There is nobody with the e-mail"),
    ],
)
def test_a_refusal_is_a_sentence(run, ada, arguments, sentence):
    with pytest.raises(CommandError, match=sentence):
        run(*arguments)
