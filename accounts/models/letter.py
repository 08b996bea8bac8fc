"""Letters: rows that a worker sends, with a secret that is kept only as a hash."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from accounts.querysets import LetterQuerySet
from core import clock


class Letter(models.Model):
    """An e-mail that a worker will send; the secret in it is made then, and opens something once."""

    created_at = models.DateTimeField(default=clock.now)
    # Not before this moment: who claims it moves it on, so a lost attempt is repeated later.
    due_at = models.DateTimeField(default=clock.now)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
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
