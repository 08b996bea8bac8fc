"""What accounts does in the background: sends its e-mails, and forgets what is over."""

from __future__ import annotations

import logging
import secrets
from datetime import timedelta
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection, transaction
from django.db.models import Q
from django.template.loader import render_to_string

from accounts.models import AccountMail, Session
from accounts.refresh import fingerprint
from core import clock
from core.chores import chore

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
KEPT_FOR = timedelta(days=30)
SUBJECTS = {
    AccountMail.Kind.PASSWORD_RESET: "Choose a new password for FlowTrack",
    AccountMail.Kind.INVITATION: "Your account at FlowTrack",
    AccountMail.Kind.PASSWORD_CHANGED: "Your password at FlowTrack was changed",
    AccountMail.Kind.REFRESH_REUSED: "A sign-in at FlowTrack was ended for your safety",
}


@chore(every=timedelta(seconds=2))
def send_account_mail() -> int:
    """Send what is due, each outside of any transaction; returns how many were sent.

    What could not be sent is due again later, at growing intervals, a few times.
    """
    sent = 0
    while claimed := _claim():
        sent += _send(*claimed)
    return sent


@chore(every=timedelta(hours=1))
def purge() -> None:
    """Forget sessions and mails that have been over for 30 days."""
    long_ago = clock.now() - KEPT_FOR
    Session.objects.filter(Q(ended_at__lt=long_ago) | Q(expires_at__lt=long_ago)).delete()
    AccountMail.objects.filter(created_at__lt=long_ago).delete()


def _claim() -> tuple[AccountMail, str] | None:
    """The next mail that is due, and the secret for its link; nobody else sends it for a while."""
    with transaction.atomic():
        now = clock.now()
        due = AccountMail.objects.unsent(at=now, attempts=MOST_ATTEMPTS).order_by("due_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        mail = due.first()
        if mail is None:
            return None
        secret = secrets.token_urlsafe(32)
        mail.attempts += 1
        mail.due_at = now + timedelta(seconds=30 * 2**mail.attempts)
        if mail.opens_the_door:
            mail.token_hash, mail.expires_at = fingerprint(secret), now + mail.lifetime
        mail.save()
    return mail, secret


def _send(mail: AccountMail, secret: str) -> bool:
    site = settings.SITE_URL.rstrip("/")
    context = {"mail": mail, "site": site, "link": f"{site}/password-reset/{secret}/"}
    text = render_to_string(f"accounts/mail/{mail.kind}.txt", context)
    try:
        send_mail(SUBJECTS[AccountMail.Kind(mail.kind)], text, None, [mail.user.email])
    except (OSError, SMTPException):
        logger.exception("A mail about an account was not sent and is due again later")
        return False
    AccountMail.objects.filter(pk=mail.pk).update(sent_at=clock.now())
    return True
