"""The outbox of e-mails that tell people of what happened."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.letters import MOST_ATTEMPTS
from accounts.models.letter import Posted
from core import clock
from notifications.querysets import MailingQuerySet


class Mailing(Posted):
    """One e-mail to one person: about one item, or about all that happened in a while.

    What it says is decided when it is sent: only then is it known what the person may still see.
    """

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    # Empty: about several.
    subject_type = models.CharField(max_length=80, blank=True)
    subject_id = models.BigIntegerField(null=True, blank=True)
    dropped_at = models.DateTimeField(
        null=True, blank=True, help_text="When there was nothing left to say."
    )
    error = models.TextField(blank=True, help_text="Why it was not sent the last time.")

    objects = MailingQuerySet.as_manager()

    class Meta:
        verbose_name = "e-mail"
        indexes = [
            # What the worker sends next.
            models.Index(
                fields=["due_at"],
                condition=Q(sent_at=None, dropped_at=None),
                name="notifications_mail_unsent",
            ),
            # What is old enough to be forgotten.
            models.Index(fields=["created_at"], name="notifications_mail_by_age"),
        ]

    def __str__(self) -> str:
        return f"E-mail {self.pk} to {self.person}"

    @property
    def is_digest(self) -> bool:
        return not self.subject_type

    @property
    def state(self) -> str:
        """What became of it, in a word."""
        if self.sent_at:
            return "sent"
        if self.dropped_at:
            return "dropped"
        return "failed" if self.attempts >= MOST_ATTEMPTS else "waiting"

    def drop(self) -> None:
        """There is nothing to say any more."""
        self.dropped_at = clock.now()
        self.save(update_fields=["dropped_at"])

    def was_not_sent(self, error: Exception) -> None:
        """Keep why, for those who look after it."""
        self.error = f"{type(error).__name__}: {error}"[:1000]
        self.save(update_fields=["error"])
