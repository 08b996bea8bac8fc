"""E-mails that people sent to FlowTrack, and what became of them."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from core import clock
from core.fields import ChoiceField


class ReceivedMail(models.Model):
    """One e-mail from somebody who may write: so that the same one, delivered again, does nothing."""

    class Outcome(models.TextChoices):
        COMMENT = "comment"
        TICKET = "ticket"

    # SHA-256 of its Message-ID, who sent it, and where it belongs.
    fingerprint = models.CharField(max_length=64, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    received_at = models.DateTimeField(default=clock.now)
    outcome = ChoiceField(Outcome)
    subject_type = models.CharField(max_length=80, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)

    class Meta:
        indexes = [
            # What is old enough to be forgotten.
            models.Index(fields=["received_at"], name="notifications_received_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} by {self.person}"
