"""One signed-in device: the row behind every way in."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models

from accounts.querysets import SessionQuerySet
from core import clock
from core.fields import ChoiceField

if TYPE_CHECKING:
    from accounts.models.user import User


def ordinary_expiry() -> datetime:
    """When a session that starts now runs out, used or not."""
    return clock.now() + timedelta(days=settings.SESSION_DAYS)


class Session(models.Model):
    """A person signed in on a device until it expires or is ended; looked up by every request."""

    class Way(models.TextChoices):
        BEARER = "bearer", "API with a bearer token"
        COOKIE = "cookie", "API with cookies"
        WEB = "web", "Web pages"

    class EndReason(models.TextChoices):
        SIGNED_OUT = "signed_out"
        REVOKED = "revoked"
        DEACTIVATED = "deactivated"
        ROLE_CHANGED = "role_changed"
        EMAIL_CHANGED = "email_changed"
        PASSWORD_CHANGED = "password_changed"  # noqa: S105 - no secret
        REFRESH_REUSED = "refresh_reused"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="sessions")
    way = ChoiceField(Way)
    created_at = models.DateTimeField(default=clock.now)
    last_used_at = models.DateTimeField(default=clock.now)
    expires_at = models.DateTimeField(default=ordinary_expiry)
    ended_at = models.DateTimeField(null=True, blank=True)
    end_reason = ChoiceField(EndReason, blank=True)
    user_agent = models.CharField(max_length=200, blank=True)
    address = models.CharField(max_length=45, blank=True)
    # SHA-256 of the refresh token that is good now, and of the one before it.
    refresh_hash = models.CharField(max_length=64, blank=True)
    previous_hash = models.CharField(max_length=64, blank=True)
    rotated_at = models.DateTimeField(null=True, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        indexes = [
            # Finds old rows to purge.
            models.Index(fields=["expires_at"], name="accounts_session_expires"),
        ]

    def __str__(self) -> str:
        return f"{self.user} by {self.get_way_display()}"

    @property
    def person(self) -> User:
        """The user with department and rights, as `with_person()` loaded them."""
        user: User = self.user
        user.seats = self.seats  # type: ignore[attr-defined]
        return user

    def end(self, reason: str) -> None:
        """Let nobody in by this session any more."""
        Session.objects.filter(pk=self.pk).end(reason)
