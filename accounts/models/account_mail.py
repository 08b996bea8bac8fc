"""The outbox of e-mails about accounts."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db import models

from accounts.models.letter import Letter
from core.fields import ChoiceField


class AccountMail(Letter):
    """A letter to somebody about their account."""

    class Kind(models.TextChoices):
        PASSWORD_RESET = "password_reset"  # noqa: S105 - no secret
        INVITATION = "invitation"
        PASSWORD_CHANGED = "password_changed"  # noqa: S105 - no secret
        REFRESH_REUSED = "refresh_reused"

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="mails")
    kind = ChoiceField(Kind)

    class Meta:
        constraints = [
            # One token opens one door.
            models.UniqueConstraint(
                fields=["token_hash"],
                condition=~models.Q(token_hash=""),
                name="accounts_mail_token",
            ),
        ]
        indexes = [
            # What the worker sends next.
            models.Index(
                fields=["due_at"], condition=models.Q(sent_at=None), name="accounts_mail_unsent"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} to {self.user}"

    @property
    def opens_the_door(self) -> bool:
        """Whether its link lets somebody choose a password."""
        return self.kind in (self.Kind.PASSWORD_RESET, self.Kind.INVITATION)

    @property
    def lifetime(self) -> timedelta:
        """How long its link is good once it is sent."""
        if self.kind == self.Kind.INVITATION:
            return timedelta(days=7)
        return timedelta(minutes=settings.PASSWORD_RESET_MINUTES)
