"""Letters: rows that a worker sends, some with a secret that is kept only as a hash."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import models

from accounts.querysets import LetterQuerySet
from core import clock


class Posted(models.Model):
    """An e-mail that a worker will send."""

    created_at = models.DateTimeField(default=clock.now)
    # Not before this moment: who claims it moves it on, so a lost attempt is repeated later.
    due_at = models.DateTimeField(default=clock.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def sealed(self) -> str:
        """The secret that is written into it this time, if it has one; not saved yet."""
        return ""

    def was_not_sent(self, error: Exception) -> None:
        """It was refused, and is due again later."""


class Letter(Posted):
    """An e-mail with a secret in it, which is made when it is sent, and opens something once."""

    token_hash = models.CharField(max_length=64, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def opens_the_door(self) -> bool:
        """Whether there is a secret in it."""
        return True

    @property
    def lifetime(self) -> timedelta:
        """How long the secret is good once it is sent."""
        raise NotImplementedError

    def sealed(self) -> str:
        secret = secrets.token_urlsafe(32)
        if self.opens_the_door:
            self.token_hash, self.expires_at = fingerprint(secret), clock.now() + self.lifetime
        return secret


def fingerprint(secret: str) -> str:
    """What is kept of a secret that we only need to recognise."""
    return hashlib.sha256(secret.encode()).hexdigest()
