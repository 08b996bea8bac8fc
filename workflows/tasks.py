"""What projects do in the background: send the letters of invitations."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.template.loader import render_to_string

from accounts.letters import Mail, send_due
from core.chores import chore
from workflows.models import InvitationLetter


@chore(every=timedelta(seconds=2), alone=True)
def send_invitations() -> int:
    """Send what is due; returns how many were sent."""
    return send_due(InvitationLetter, _written)


def _written(letter: InvitationLetter, secret: str) -> Mail:
    context = {
        "invitation": letter.invitation,
        "site": settings.SITE_URL.rstrip("/"),
        "code": secret,
    }
    text = render_to_string("workflows/mail/invitation.txt", context)
    # The project's name stays inside: subjects are read over shoulders and kept in logs.
    return Mail(letter.invitation.email, "You are invited to a project at FlowTrack", text)
