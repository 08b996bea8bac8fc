"""A project from its first day to its last, over HTTP: invited by letter, planned, worked on, handed over."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail

from tests.journeys.browser import Browser
from workflows.tasks import send_invitations

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sign_in(live_server: Any) -> Any:
    return lambda person: Browser(live_server.url).sign_in(person.email)


def told(browser: Browser, item: str) -> list[str]:
    """What the item's history says happened, oldest first."""
    events = browser.sees(f"{item}history/")["results"]
    return [event["action"] for event in reversed(events)]


def project_of(browser: Browser) -> str:
    return f"/api/projects/{browser.does('/api/projects/', {'name': 'New office'})['reference']}/"


def board_of(browser: Browser, project: str, **fields: Any) -> str:
    """The address of a workflow whose tasks can be started."""
    made = browser.does(f"{project}workflows/", {"name": "Move", **fields})
    browser.does(f"/api/workflows/{made['id']}/activate/")
    return f"/api/workflows/{made['id']}/"


def planned(browser: Browser, board: str, title: str, **fields: Any) -> str:
    """The address of a new task."""
    return f"/api/tasks/{browser.does(f'{board}tasks/', {'title': title, **fields})['reference']}/"


def invited(owner: Browser, project: str, email: str, role: str = "editor") -> str:
    """The code in the letter, as the chore has sent it."""
    owner.does(f"{project}invitations/", {"email": email, "role": role})
    assert send_invitations() == 1
    assert mail.outbox[-1].to == [email]
    (code,) = re.findall(r"^[\w-]{43}$", mail.outbox[-1].body, re.MULTILINE)
    return code


def joined(owner: Browser, other: Browser, project: str, email: str) -> None:
    code = {"token": invited(owner, project, email)}
    assert other.does("/api/invitations/accept/", code)["role"] == "editor"


def refused(answer: Any, status: int = 409) -> str:
    assert answer.status_code == status, answer.text
    return str(answer.json()["detail"])


def test_whoever_has_the_letter_joins_once(ann, mia, zoe, sign_in):
    owner, editor, stranger = sign_in(ann), sign_in(mia), sign_in(zoe)
    project = project_of(owner)
    assert editor.get(project).status_code == 404
    code = {"token": invited(owner, project, mia.email)}

    wrong = stranger.post("/api/invitations/accept/", code)
    assert refused(wrong, 400) == refused(
        stranger.post("/api/invitations/accept/", {"token": "x" * 43}), 400
    )
    assert editor.does("/api/invitations/accept/", code)["reference"] in project
    again = editor.post("/api/invitations/accept/", code)
    assert refused(again, 400) == refused(wrong, 400)

    members = editor.sees(f"{project}members/")["results"]
    assert [(each["person"]["name"], each["role"]) for each in members] == [
        ("Ann", "owner"),
        ("Mia", "editor"),
    ]
    (invitation,) = owner.sees(f"{project}invitations/")["results"]
    assert invitation["status"] == "accepted"
    assert told(owner, f"/api/invitations/{invitation['id']}/") == ["created", "accept"]
    assert stranger.get(project).status_code == 404


def test_work_on_a_board_with_a_limit(ann, mia, sign_in):
    owner, editor = sign_in(ann), sign_in(mia)
    project = project_of(owner)
    joined(owner, editor, project, mia.email)
    board = board_of(editor, project, wip_limits={"in_progress": 1})
    pack, carry, paint = (
        planned(editor, board, title, assignee=mia.pk) for title in ("Pack", "Carry", "Paint")
    )
    before = {"depends_on": pack.split("/")[3]}
    editor.does(f"{carry}dependencies/", before)
    circle = editor.post(f"{pack}dependencies/", {"depends_on": carry.split("/")[3]})
    assert circle.json()["code"] == "condition_unmet"

    assert refused(editor.post(f"{carry}start/"))
    assert editor.does(f"{pack}start/")["status"] == "in_progress"
    full = editor.post(f"{paint}start/")
    assert (full.status_code, full.json()["code"]) == (409, "condition_unmet")
    editor.does(f"{paint}move/", {"before": pack.split("/")[3]})
    assert editor.does(f"{pack}block/", {"reason": "There are no boxes."})["status"] == "blocked"
    editor.does(f"{paint}start/")
    assert refused(editor.post(f"{pack}unblock/"))
    editor.does(f"{paint}finish/")
    editor.does(f"{pack}unblock/")
    assert editor.sees(carry)["is_waiting"] is True
    assert editor.does(f"{pack}finish/")["status"] == "done"

    assert editor.sees(carry)["is_waiting"] is False
    assert told(editor, pack) == ["created", "start", "block", "unblock", "finish"]
    assert told(editor, carry)[-1] == "ready"
    assert refused(editor.post(f"{board}complete/"))
    editor.does(f"{carry}start/")
    editor.does(f"{carry}finish/")
    assert editor.does(f"{board}complete/")["status"] == "completed"


def test_who_leaves_hands_back_what_they_had(ann, mia, tom, sign_in):
    owner, editor, next_owner = sign_in(ann), sign_in(mia), sign_in(tom)
    project = project_of(owner)
    joined(owner, editor, project, mia.email)
    joined(owner, next_owner, project, tom.email)
    task = planned(owner, board_of(owner, project), "Pack", assignee=mia.pk)
    members = {
        each["person"]["name"]: f"/api/members/{each['id']}/"
        for each in owner.sees(f"{project}members/")["results"]
    }

    assert editor.delete(members["Mia"]).status_code == 204
    assert editor.get(task).status_code == 404
    assert owner.sees(task)["assignee"] is None
    assert told(owner, task)[-1] == "unassigned"

    owner.does(f"{task}start/")
    assert owner.patch(task, {"assignee": tom.pk}).status_code == 200
    assert refused(owner.delete(members["Ann"]))
    assert owner.does(f"{project}transfer/", {"owner": tom.pk})["owner"]["name"] == "Tom"
    assert owner.delete(members["Ann"]).status_code == 204
    assert refused(next_owner.delete(members["Tom"]))
    assert owner.get(project).status_code == 404

    invited_again = {"token": invited(next_owner, project, mia.email)}
    editor.does("/api/invitations/accept/", invited_again)
    assert next_owner.delete(project).status_code == 204
    assert next_owner.sees("/api/projects/")["results"] == []
    assert next_owner.sees("/api/projects/?archived=true")["results"][0]["status"] == "archived"
    assert editor.get(task).status_code == 404
    assert refused(next_owner.post(f"{task}finish/"))
    next_owner.does(f"{project}restore/")
    assert editor.sees(project)["status"] == "active"
    assert next_owner.does(f"{task}finish/")["status"] == "done"
    assert told(next_owner, project) == ["created", "transfer", "archive", "restore"]
