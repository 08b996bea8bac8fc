"""Notifications by e-mail, sent to a mail server that really listens."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from accounts.letters import send_due
from core import clock
from core.lifecycle import create, perform
from core.models import Event
from discussion.models import Comment
from notifications.inbox import tell
from notifications.mail import writing
from notifications.mail.gathering import gather
from notifications.mail.writing import written
from notifications.models import Mailing, Notification
from notifications.tasks import purge
from notifications.tests.mail_server import running
from notifications.wishes import choose
from tickets.models import Ticket
from workflows.models import Member, Project

NOON = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def post(settings):
    with running() as (server, port):
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 1
        settings.MAIL_REPLY_ADDRESS = "reply@flowtrack.example"
        settings.SITE_URL = "https://flowtrack.example"
        yield server


@pytest.fixture
def ticket(ann):
    return create(Ticket(title="The lamp is dark"), actor=ann)


def deliver() -> int:
    """Tell what happened, and send what is due of it; how many were sent."""
    tell(list(Event.objects.order_by("pk")))
    gather()
    return send_due(Mailing, written)


def test_who_is_named_gets_the_words_in_text_and_html(post, ann, ben, ticket):
    create(Comment(body="Look **here**, @ann", is_internal=False).attach_to(ticket), actor=ben)

    assert deliver() == 1

    (mail,) = post.taken
    assert (mail["To"], mail["Subject"]) == (ann.email, f"[{ticket}] The lamp is dark")
    text, html = (mail.get_body([kind]).get_content() for kind in ("plain", "html"))
    assert "Look **here**, @ann" in text
    assert "<strong>here</strong>" in html
    assert not re.search(r"<(img|link|script)|src=|url\(", html)


def test_no_machine_answers_it_and_programs_show_the_thread(post, ann, ben, ticket):
    for words in ("First, @ann", "Second, @ann"):
        create(Comment(body=words, is_internal=False).attach_to(ticket), actor=ben)
        deliver()

    first, second = post.taken
    assert first["Auto-Submitted"] == "auto-generated"
    assert (first["X-Auto-Response-Suppress"], first["Precedence"]) == ("All", "bulk")
    assert first["References"] == second["References"] == first["In-Reply-To"]
    assert first["Message-ID"] != second["Message-ID"]
    assert first["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert first["Reply-To"].startswith(f"reply+tck-{ticket.pk}-{ann.pk}-")


def test_what_is_taken_away_before_it_is_sent_is_not_sent(post, ann, ben, ticket):
    comment = create(
        Comment(body="The password is x, @ann", is_internal=False).attach_to(ticket), actor=ben
    )
    tell(list(Event.objects.all()))
    gather()
    perform(comment, "redact", actor=ben)

    send_due(Mailing, written)

    assert "password" not in post.taken[0].as_string()


def test_who_lost_sight_or_has_left_gets_nothing(post, ada, ann, ben, ticket):
    create(Comment(body="Among us, @ben", is_internal=True).attach_to(ticket), actor=ada)
    tell(list(Event.objects.all()))
    gather()
    ben.role = "requester"
    ben.save(actor=ada)

    assert send_due(Mailing, written) == 0
    assert (post.taken, Mailing.objects.get().state) == ([], "dropped")


def test_a_server_that_refuses_one_letter_gets_it_again_later(post, ann, ben, ticket):
    post.answers = lambda attempt: "451 Later" if attempt == 1 else "250 OK"
    create(Comment(body="Look, @ann", is_internal=False).attach_to(ticket), actor=ben)

    assert deliver() == 0
    mailing = Mailing.objects.get()
    assert (mailing.attempts, mailing.state) == (1, "waiting")
    assert "451" in mailing.error

    with clock.at(clock.now() + timedelta(minutes=2)):
        assert send_due(Mailing, written) == 1
    assert post.taken[0]["Message-ID"].startswith(f"<mail.{mailing.pk}.")


@pytest.mark.parametrize("trouble", ["slow", "dies"])
def test_a_server_in_trouble_uses_up_nobodys_tries_and_the_same_letter_comes_again(
    post, ann, ben, ticket, trouble
):
    create(Comment(body="Look, @ann", is_internal=False).attach_to(ticket), actor=ben)
    post.waits = 3.0 if trouble == "slow" else 0.0
    post.hangs_up = lambda attempt: trouble == "dies" and attempt == 1

    assert deliver() == 0
    assert (Mailing.objects.get().attempts, post.tries) == (0, 1)

    post.waits = 0.0
    with clock.at(clock.now() + timedelta(minutes=2)):
        assert send_due(Mailing, written) == 1
    # It may have been taken before the answer was lost: whoever gets it twice can tell.
    assert len({mail["Message-ID"] for mail in post.taken}) == 1


def test_a_server_that_is_away_stops_the_round(post, settings, ann, ben):
    settings.EMAIL_PORT = 1
    for n in range(3):
        ticket = create(Ticket(title=f"Lamp {n}"), actor=ann)
        create(Comment(body="Look, @ann", is_internal=False).attach_to(ticket), actor=ben)

    assert deliver() == 0

    assert list(Mailing.objects.values_list("attempts", flat=True)) == [0, 0, 0]
    assert Mailing.objects.exclude(error="").count() == 1


def test_at_night_mail_waits_for_the_morning(post, ann, ben, ticket):
    choose(ann, time_zone="America/New_York", quiet_from=at("20:00"), quiet_until=at("07:00"))
    night = datetime(2026, 6, 2, 2, 0, tzinfo=UTC)  # 22:00 in New York
    with clock.at(night):
        create(Comment(body="Look, @ann", is_internal=False).attach_to(ticket), actor=ben)
        assert deliver() == 0
    with clock.at(datetime(2026, 6, 2, 11, 1, tzinfo=UTC)):
        gather()
        assert send_due(Mailing, written) == 1


def test_a_day_comes_in_one_letter_in_ones_own_morning(post, ann, ben, ticket):
    choose(ann, time_zone="Asia/Tokyo", topics={"progress": {"mail": "daily"}})
    with clock.at(NOON):
        perform(ticket, "triage", actor=ben, priority="high")
        perform(ticket, "assign", actor=ben, assignee=ben)
        assert deliver() == 0
    with clock.at(datetime(2026, 6, 1, 22, 59, tzinfo=UTC)):
        assert gather() == 0
    with clock.at(datetime(2026, 6, 1, 23, 0, tzinfo=UTC)):  # 08:00 in Tokyo
        assert gather() == 1
        assert send_due(Mailing, written) == 1

    (mail,) = post.taken
    assert mail["Subject"] == "2 notifications from FlowTrack"
    assert "Reply-To" not in mail
    assert "1 Jun 2026, 21:00" in mail.get_body(["plain"]).get_content()


def test_a_flood_and_what_is_old_come_in_one_letter(post, ada, ann, ben):
    for n in range(12):
        ticket = create(Ticket(title=f"Lamp {n}"), actor=ann)
        perform(ticket, "assign", actor=ada, assignee=ben)
    assert deliver() == 1
    assert post.taken[0]["Subject"] == "12 notifications from FlowTrack"

    with clock.at(NOON):
        for _ in range(2):
            perform(create(Ticket(title="Old"), actor=ann), "assign", actor=ada, assignee=ben)
    assert deliver() == 1
    assert post.taken[1]["Subject"] == "2 notifications from FlowTrack"


def test_what_a_letter_has_no_room_for_is_counted(post, ada, ann, ben, monkeypatch):
    monkeypatch.setattr(writing, "MOST_LINES", 2)
    for n in range(12):
        perform(create(Ticket(title=f"Lamp {n}"), actor=ann), "assign", actor=ada, assignee=ben)

    assert deliver() == 1

    assert post.taken[0]["Subject"] == "12 notifications from FlowTrack"
    text, html = (post.taken[0].get_body([kind]).get_content() for kind in ("plain", "html"))
    assert "Lamp 1\r\n" in text
    assert "Lamp 2\r\n" not in text
    assert "And 10 more: https://flowtrack.example/" in text
    assert "And 10 more" in html


def test_what_is_out_of_sight_takes_no_room_from_the_rest(post, ann, zoe, monkeypatch):
    monkeypatch.setattr(writing, "MOST_LINES", 2)
    members = []
    with clock.at(NOON):
        for n in range(5):
            project = create(Project(name=f"Plan {n}"), actor=ann)
            members.append(create(Member(project=project, person=zoe, role="editor"), actor=ann))
        choose(zoe, topics={"membership": {"mail": "daily"}})
        tell(list(Event.objects.order_by("pk")))
        for member in members[:3]:
            member.delete(actor=ann)
    gather()

    assert send_due(Mailing, written) == 1

    assert post.taken[0]["Subject"] == "2 notifications from FlowTrack"
    text = post.taken[0].get_body(["plain"]).get_content()
    assert "Plan 3" in text
    assert "Plan 4" in text
    assert "And " not in text


def test_what_waited_a_day_for_the_server_is_put_together(post, ada, ann, ben):
    for n in range(3):
        perform(create(Ticket(title=f"Lamp {n}"), actor=ann), "assign", actor=ada, assignee=ben)
    tell(list(Event.objects.all()))
    gather()

    with clock.at(clock.now() + timedelta(hours=25)):
        send_due(Mailing, written)
        gather()
        assert send_due(Mailing, written) == 1
    assert [mail["Subject"] for mail in post.taken] == ["3 notifications from FlowTrack"]


def test_the_last_line_ends_the_mail_without_signing_in(post, ann, ben, ticket):
    create(Comment(body="Look, @ann", is_internal=False).attach_to(ticket), actor=ben)
    deliver()
    link = post.taken[0]["List-Unsubscribe"].strip(" <>").removeprefix("https://flowtrack.example")
    stranger = Client(enforce_csrf_checks=True)

    assert b"Comments that name you" in stranger.get(link).content
    assert Notification.objects.filter(channel="mail").count() == 1
    assert stranger.post(link, {"List-Unsubscribe": "One-Click"}).status_code == 200

    create(Comment(body="And here, @ann", is_internal=False).attach_to(ticket), actor=ben)
    assert deliver() == 0


def test_a_link_that_is_not_ours_ends_nothing(db):
    assert Client().get("/unsubscribe/WzEsW11d:abc:def/").status_code == 410
    assert Client().post("/unsubscribe/x/").status_code == 410


def test_what_is_old_is_forgotten(post, ann, ben, ticket):
    create(Comment(body="Look, @ann", is_internal=False).attach_to(ticket), actor=ben)
    deliver()
    Notification.objects.filter(channel="in_app").update(read_at=clock.now())
    with clock.at(clock.now() + timedelta(days=29)):
        assert purge() == 0
    with clock.at(clock.now() + timedelta(days=31)):
        assert purge() > 0
    assert not Mailing.objects.exists()
    assert not Notification.objects.exists()


def at(text: str):
    return datetime.strptime(text, "%H:%M").time()  # noqa: DTZ007 - a time of day
