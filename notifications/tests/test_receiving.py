"""Answers and new tickets by e-mail."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys

import pytest
from django.conf import settings as product
from django.db import OperationalError

from conftest import copy_of_the_database
from core.errors import NotFound, Refused
from core.lifecycle import create
from discussion.models import Comment
from files.models import File
from notifications.mail import mailbox as mailbox_module
from notifications.mail.addresses import _seal, read_reply_address, reply_address
from notifications.mail.mailbox import empty
from notifications.mail.receiving import Outcome, receive
from notifications.mail.trimming import trimmed
from notifications.models import ReceivedMail
from notifications.tests.letters import answer_of, letter
from notifications.tests.mailbox_server import running
from tickets.models import Ticket
from workflows.models import Member, Project


@pytest.fixture(autouse=True)
def _answers_arrive(settings):
    settings.MAIL_REPLY_ADDRESS = "reply@flowtrack.example"


@pytest.fixture
def ticket(ann):
    return create(Ticket(title="The lamp is dark"), actor=ann)


def test_an_answer_becomes_a_comment_without_what_it_quotes(ann, ticket):
    text = "It works again.\n\nThank you!\n\nOn Mon, 1 Jun 2026 at 12:00,\nFlowTrack wrote:\n> Is it?\n"

    outcome = receive(letter(ann, answer_of(ann, ticket), text).as_bytes())

    assert outcome == Outcome.COMMENT
    comment = Comment.objects.get()
    assert (comment.author, comment.body) == (ann, "It works again.\n\nThank you!")
    assert (comment.subject_reference, comment.is_internal) == (str(ticket), False)


def test_the_same_letter_twice_is_one_comment(ann, ticket):
    raw = letter(ann, answer_of(ann, ticket)).as_bytes()

    assert [receive(raw), receive(raw)] == [Outcome.COMMENT, Outcome.REPEATED]
    assert Comment.objects.count() == 1


def test_nobody_takes_a_message_id_away_from_somebody_else(ann, ben, ticket):
    receive(letter(ben, answer_of(ben, ticket)).as_bytes())

    assert receive(letter(ann, answer_of(ann, ticket)).as_bytes()) == Outcome.COMMENT


def test_what_answers_words_among_agents_stays_among_them(ben, ticket):
    receive(letter(ben, answer_of(ben, ticket, is_internal=True)).as_bytes())

    assert Comment.objects.get().is_internal


def test_a_new_letter_becomes_a_ticket(ann):
    mail = letter(ann, reply_address(ann.pk), "No light.\n-- \nAnn", subject="Dark")
    raw = mail.as_bytes().replace(b"Subject: Dark", b"Subject: Dark\n =?utf-8?q?_=0Aagain?=")

    assert receive(raw) == Outcome.TICKET

    ticket = Ticket.objects.get()
    assert (ticket.requester, ticket.title, ticket.description) == (ann, "Dark again", "No light.")
    assert ReceivedMail.objects.get().subject_id == ticket.pk


@pytest.mark.once
def test_addresses_are_bound_to_one_person_and_one_item(ann, ben, zoe, ticket):
    good = answer_of(ann, ticket)
    assert read_reply_address(good.upper()).person == ann.pk
    about, _, seal = good.partition("@")[0].rpartition("-")

    for wrong in (
        good.replace(f"-{ann.pk}-", f"-{ben.pk}-"),
        good.replace(f"tck-{ticket.pk}", f"tck-{ticket.pk + 1}"),
        f"{about}-{'a' * 20}@flowtrack.example",
        f"{about}i-{seal}@flowtrack.example",
        good.replace("flowtrack.example", "elsewhere.example"),
        good.replace("reply+", "answer+"),
        "reply@flowtrack.example",
        "",
    ):
        assert receive(letter(ann, wrong or "x@y.example").as_bytes()) == Outcome.STRANGE
    assert receive(letter(zoe, good).as_bytes()) == Outcome.STRANGE
    assert not Comment.objects.exists()


def test_who_has_left_writes_nothing(ada, ann, ticket):
    from_ann = letter(ann, answer_of(ann, ticket)).as_bytes()
    ann.deactivate()
    ann.save(actor=ada)

    assert receive(from_ann) == Outcome.STRANGE


def test_who_lost_sight_is_told_that_there_is_nothing(ann, zoe):
    project = create(Project(name="A secret"), actor=ann)
    member = create(Member(project=project, person=zoe, role="editor"), actor=ann)
    raw = letter(zoe, answer_of(zoe, project)).as_bytes()
    member.delete(actor=ann)

    with pytest.raises(NotFound):
        receive(raw)
    assert not ReceivedMail.objects.exists()


@pytest.mark.once
@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"Auto_Submitted": "auto-generated; owner=x"},
        {"Precedence": "Bulk"},
        {"Precedence": "auto_reply"},
        {"X_FlowTrack_Mail": "7"},
        {"List_Id": "<lamps.example>"},
        {"Return_Path": "<>"},
        {"X_Autoreply": "yes"},
        {"From": "Mail Delivery <MAILER-DAEMON@flowtrack.example>"},
    ],
)
def test_machines_are_not_listened_to(ann, ticket, headers):
    raw = letter(ann, answer_of(ann, ticket), **headers).as_bytes()

    assert receive(raw) == Outcome.AUTOMATIC


@pytest.mark.once
def test_bounces_are_not_listened_to(ann, ticket):
    raw = letter(ann, answer_of(ann, ticket)).as_bytes()
    report = raw.replace(
        b"text/plain", b'multipart/report; report-type=delivery-status; boundary="x"'
    )

    assert receive(report) == Outcome.AUTOMATIC
    assert receive(raw, envelope_sender="") == Outcome.AUTOMATIC


def test_files_come_along_and_what_is_not_taken_is_said(ann, ticket, settings, tmp_path):
    mail = letter(ann, answer_of(ann, ticket), "Look at this.")
    mail.add_attachment("a,b\n1,2\n", subtype="csv", filename="lamps.csv")
    mail.add_attachment(b"MZ\x90\x00", maintype="application", subtype="exe", filename="lamp.exe")

    assert receive(mail.as_bytes()) == Outcome.COMMENT

    file = File.objects.get()
    assert (file.title, file.created_by, file.subject_id) == ("lamps.csv", ann, ticket.pk)
    words, about_the_other = Comment.objects.get().body.split("\n\n")
    assert words == "Look at this."
    assert about_the_other.startswith("(Not taken in: lamp.exe.")


@pytest.mark.once
@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("New\n\n-----Original Message-----\nOld", "New"),
        ("New\n________________________________\nFrom: x\nOld", "New"),
        ("New\nFrom: Ben <b@x>\nSent: Monday\nTo: Ann\nOld", "New"),
        ("New\nAm 1. Juni 2026 schrieb Ben:\n> Old", "New"),
        ("New\n> Old\n> Older\n", "New"),
        ("> What is it?\nA lamp.\n> Where?\nHere.", "> What is it?\nA lamp.\n> Where?\nHere."),
        ("On Monday I wrote: nothing\nNew", "On Monday I wrote: nothing\nNew"),
        ("From: here it is dark\nNew", "From: here it is dark\nNew"),
        ("> Old", ""),
        ("New\n-- \nAnn", "New"),
    ],
)
def test_quotations_are_trimmed(text, kept):
    assert trimmed(text) == kept


def test_no_words_are_refused_and_many_are_cut(ann, ticket):
    with pytest.raises(Refused):
        receive(letter(ann, answer_of(ann, ticket), "> Old\n").as_bytes())

    receive(letter(ann, answer_of(ann, ticket), "word " * 20_000).as_bytes())
    assert Comment.objects.get().body.endswith("(It was longer, and was cut here.)")


@pytest.mark.once
def test_the_command_answers_mail_servers_in_their_language(transactional_db, person, tmp_path):
    ann = person("ann")
    ticket = create(Ticket(title="The lamp is dark"), actor=ann)
    kept = copy_of_the_database(tmp_path / "flowtrack.sqlite3")
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "DATABASE_URL": f"sqlite:///{kept}",
        "MAIL_REPLY_ADDRESS": "reply@flowtrack.example",
        "MAIL_MOST_BYTES": "50000",
        "LOG_LEVEL": "CRITICAL",
    }

    def receive_mail(raw: bytes, *options: str, **more: str) -> tuple[int, str]:
        done = subprocess.run(
            [sys.executable, "manage.py", "receive_mail", *options],
            cwd=product.BASE_DIR,
            env={**environment, **more},
            input=raw,
            capture_output=True,
            check=False,
        )
        assert b"Traceback" not in done.stderr
        return done.returncode, (done.stdout + done.stderr).decode().strip()

    address = answer_of(ann, ticket)
    assert receive_mail(letter(ann, address).as_bytes()) == (0, Outcome.COMMENT)
    assert receive_mail(letter(ann, address).as_bytes()) == (0, Outcome.REPEATED)
    hidden = letter(ann, "list@x.example", Message_ID="<2@x>").as_bytes()
    assert receive_mail(hidden, "--recipient", address) == (0, Outcome.COMMENT)
    assert receive_mail(b"x" * 60_000)[0] == 65
    assert receive_mail(letter(ann, address, "> Old", Message_ID="<3@x>").as_bytes())[0] == 77
    gone = {"DATABASE_URL": f"sqlite:///{tmp_path}/nowhere/x.sqlite3"}
    assert receive_mail(letter(ann, address).as_bytes(), **gone)[0] == 75
    with sqlite3.connect(kept) as copy:
        assert copy.execute("SELECT COUNT(*) FROM discussion_comment").fetchone() == (2,)


def test_a_mailbox_is_emptied_and_what_was_refused_stays_for_a_person(ann, ticket):
    letters = {
        1: letter(ann, answer_of(ann, ticket)).as_bytes(),
        2: letter(ann, answer_of(ann, ticket), "> Old", Message_ID="<2@x>").as_bytes(),
        3: letter(ann, "x@y.example", Message_ID="<3@x>").as_bytes(),
    }
    with running(letters) as (mailbox, url):
        assert empty(url) == 3
        assert empty(url) == 0

    assert Comment.objects.count() == 1
    assert all("\\Seen" in flags for flags in mailbox.flags.values())
    assert [n for n, flags in mailbox.flags.items() if "\\Deleted" not in flags] == [2]
    assert "\\Flagged" in mailbox.flags[2]


def mailbox_of_three(ann, ticket):
    return {
        n: letter(ann, answer_of(ann, ticket), f"Word {n}", Message_ID=f"<{n}@x>").as_bytes()
        for n in (1, 2, 3)
    }


def test_a_letter_on_which_something_breaks_is_flagged_and_the_next_one_is_read(
    ann, ticket, monkeypatch
):
    _breaks_on(b"Word 1", RuntimeError("A bug."), monkeypatch)
    with running(mailbox_of_three(ann, ticket)) as (mailbox, url):
        assert empty(url) == 3
        assert empty(url) == 0

    assert mailbox.flags[1] == {"\\Seen", "\\Flagged"}
    assert Comment.objects.count() == 2


def test_what_ended_a_run_comes_last_in_the_next(ann, ticket, monkeypatch):
    _breaks_on(b"Word 1", OperationalError("Gone."), monkeypatch)
    with running(mailbox_of_three(ann, ticket)) as (mailbox, url):
        for _ in range(2):
            with pytest.raises(OperationalError):
                empty(url)
        assert Comment.objects.count() == 2
        _breaks_on(b"Nothing of this", OperationalError("Gone."), monkeypatch)
        assert empty(url) == 1

    assert "\\Deleted" in mailbox.flags[1]


def _breaks_on(words, error, monkeypatch):
    def fails(raw: bytes) -> Outcome:
        if words in raw:
            raise error
        return receive(raw)

    monkeypatch.setattr(mailbox_module, "receive", fails)


def test_only_what_can_be_answered_has_an_address(ann, ticket):
    assert answer_of(ann, ticket)
    for reference in ("Webhook-3", "JOB-4", "FILE-5", "webhookendpoint-6"):
        assert reply_address(ann.pk, reference) == ""


def test_an_old_address_of_an_alert_makes_no_ticket(ann):
    for about in (f"webhook-3-{ann.pk}", f"job-4-{ann.pk}"):
        old = f"reply+{about}-{_seal(about)}@flowtrack.example"
        assert receive(letter(ann, old).as_bytes()) == Outcome.STRANGE
    assert not Ticket.objects.exists()
