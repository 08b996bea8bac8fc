"""The history: one row for each change, written with the change and never rewritten."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models

from core import clock
from core.encoding import StoredJSON


class EventQuerySet(models.QuerySet["Event"]):
    """Questions to the history; who may ask is decided where the subject is looked up."""

    def of(self, subject: models.Model) -> EventQuerySet:
        """The subject's history, oldest first."""
        return self.filter(
            subject_type=subject._meta.label_lower, subject_id=str(subject.pk)
        ).order_by("pk")

    def for_display(self) -> EventQuerySet:
        return self.select_related("actor")


class Event(models.Model):
    """Something that happened to a record: who did what, from where to where, and why.

    The database refuses UPDATE and DELETE (see the migration), so this is history and audit at once;
    and the outbox: whoever has to hear of a change is told from here, because both are there or neither.
    """

    is_append_only = True

    at = models.DateTimeField(default=clock.now)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )
    action = models.CharField(max_length=50)
    source = models.CharField(max_length=20, blank=True)
    target = models.CharField(max_length=20, blank=True)
    note = models.TextField(blank=True)
    changes = models.JSONField(default=dict, encoder=StoredJSON)
    request_id = models.CharField(max_length=128, blank=True)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=40)
    told_at = models.DateTimeField(
        null=True, editable=False, help_text="When all who hear of it were put down."
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            # The history of one subject, newest or oldest first.
            models.Index(fields=["subject_type", "subject_id", "-id"], name="core_event_subject"),
            # What one person did, for audits.
            models.Index(fields=["actor", "-id"], name="core_event_actor"),
            # What has to be told next.
            models.Index(fields=["id"], condition=models.Q(told_at=None), name="core_event_untold"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_type} {self.subject_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("History is never rewritten.")
        super().save(*args, **kwargs)

    @classmethod
    def of(cls, subject: models.Model) -> EventQuerySet:
        """The subject's history, oldest first."""
        return cls.objects.of(subject)
