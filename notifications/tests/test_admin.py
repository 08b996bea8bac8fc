"""Admins look at who heard of what, and send again what failed."""

from __future__ import annotations

import pytest
from django.urls import reverse

from accounts.letters import MOST_ATTEMPTS
from core.lifecycle import create, perform
from core.models import Event
from notifications.inbox import tell
from notifications.mail.gathering import gather
from notifications.models import Mailing, Notification
from tickets.models import Ticket

LISTS = ["notifications_notification", "notifications_mailing"]


@pytest.fixture
def mailing(ada, ann, ben):
    ticket = create(Ticket(title="The lamp is dark"), actor=ann)
    perform(ticket, "assign", actor=ada, assignee=ben)
    tell(list(Event.objects.order_by("pk")))
    gather()
    return Mailing.objects.get()


@pytest.mark.parametrize("name", LISTS)
def test_only_admins_look(browser_of, ada, ben, mailing, name):
    address = reverse(f"admin:{name}_changelist")

    assert browser_of(ada).get(address).status_code == 200
    assert browser_of(ben).get(address).status_code in (302, 403)


def test_pages_say_what_happened(browser_of, ada, mailing):
    row = Notification.objects.filter(topic="assigned").first()
    page = browser_of(ada).get(reverse("admin:notifications_notification_change", args=[row.pk]))
    letter = browser_of(ada).get(reverse("admin:notifications_mailing_change", args=[mailing.pk]))

    assert b"It is yours to do." in page.content
    assert b"waiting" in letter.content
    assert b'type="submit"' not in letter.content.replace(b'name="theme"', b"").split(b"<main")[-1]


def test_what_failed_is_sent_again(browser_of, ada, mailing):
    Mailing.objects.update(attempts=MOST_ATTEMPTS)
    address = reverse("admin:notifications_mailing_changelist")
    browser = browser_of(ada)
    assert b"E-mail" in browser.get(f"{address}?state=failed").content

    browser.post(address, {"action": "retry", "_selected_action": [mailing.pk]})

    mailing.refresh_from_db()
    assert (mailing.attempts, mailing.state) == (0, "waiting")
