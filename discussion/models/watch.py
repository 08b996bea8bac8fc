"""Choices to hear of an item, or not to."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from core.lifecycle import Rule
from core.models import Attached
from discussion import policies
from discussion.querysets import WatchQuerySet


class Watch(Attached):
    """What somebody chose; who chose nothing hears of what concerns them."""

    creatable: ClassVar[Rule] = Rule(policies.oneself)
    editable: ClassVar[Rule] = Rule(policies.oneself)

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="watches"
    )
    is_watching = models.BooleanField("watching", default=True)

    objects = WatchQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "watches"
        constraints = [
            # One choice for each person and item; also finds those about one item.
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "person"], name="discussion_watch_once"
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.person} {'watches' if self.is_watching else 'ignores'} {self.subject_reference}"
        )
