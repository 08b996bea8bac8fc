"""What accounts does in the background: sends its e-mails, and forgets what is over."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.template.loader import render_to_string

from accounts.letters import Mail, send_due
from accounts.models import AccountMail, Session
from core import clock
from core.chores import chore

KEPT_FOR = timedelta(days=30)
SUBJECTS = {
    AccountMail.Kind.PASSWORD_RESET: "Choose a new password for FlowTrack",
    AccountMail.Kind.INVITATION: "Your account at FlowTrack",
    AccountMail.Kind.PASSWORD_CHANGED: "Your password at FlowTrack was changed",
    AccountMail.Kind.REFRESH_REUSED: "A sign-in at FlowTrack was ended for your safety",
}


@chore(every=timedelta(seconds=2), alone=True)
def send_account_mail() -> int:
    """Send what is due; returns how many were sent."""
    return send_due(AccountMail, _written)


@chore(every=timedelta(hours=1))
def purge() -> None:
    """Forget sessions and mails that have been over for 30 days."""
    long_ago = clock.now() - KEPT_FOR
    Session.objects.filter(Q(ended_at__lt=long_ago) | Q(expires_at__lt=long_ago)).delete()
    AccountMail.objects.filter(created_at__lt=long_ago).delete()


def _written(mail: AccountMail, secret: str) -> Mail:
    site = settings.SITE_URL.rstrip("/")
    context = {"mail": mail, "site": site, "link": f"{site}/password-reset/{secret}/"}
    text = render_to_string(f"accounts/mail/{mail.kind}.txt", context)
    return Mail(mail.user.email, SUBJECTS[AccountMail.Kind(mail.kind)], text)
