"""The history: one row for each change, written with the change and never rewritten."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import cache
from typing import Any, Self

from django.conf import settings
from django.db import models, router

from core import clock, sealing
from core.actors import Actor
from core.compiled import Statement
from core.encoding import StoredJSON
from core.sealing import NOTHING_YET, Facts, Head


class EventQuerySet(models.QuerySet["Event"]):
    """Questions to the history."""

    def for_user(self, user: Actor) -> Self:
        """The whole ledger is for admins; a subject's history is for whoever may see the subject."""
        return self if user.is_admin else self.none()

    def of(self, subject: models.Model) -> EventQuerySet:
        """The subject's history, oldest first."""
        return self.filter(
            subject_type=subject._meta.label_lower, subject_id=str(subject.pk)
        ).order_by("sequence")

    def bulk_create(self, objs: Iterable[Any], *args: Any, **kwargs: Any) -> list[Any]:
        """Each sealed after the one before it, in this order."""
        events, heads = list(objs), dict[tuple[str, str], Head]()
        for event in events:
            key = event.subject_type, event.subject_id
            heads[key] = event.follow(heads.get(key) or head_of(*key, using=self.db))
        return super().bulk_create(events, *args, **kwargs)

    def for_display(self) -> EventQuerySet:
        return self.select_related("actor")


class Event(models.Model):
    """Something that happened to a record: who did what, from where to where, and why.

    The database refuses UPDATE and DELETE (see the migration), so this is history and audit at once;
    and the outbox: whoever has to hear of a change is told from here, because both are there or neither.
    And it is a ledger: each event of a subject seals the one before it (see `core.sealing`).
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
    sequence = models.PositiveIntegerField(
        editable=False, help_text="Which event of its subject it is, from 1."
    )
    previous_hash = models.CharField(max_length=64, blank=True, editable=False)
    salt = models.CharField(max_length=2 * sealing.SALT_BYTES, editable=False)
    hash = models.CharField(max_length=64, editable=False)
    told_at = models.DateTimeField(
        null=True, editable=False, help_text="When all who hear of it were put down."
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        indexes = [
            # What one person did, for audits.
            models.Index(fields=["actor", "-id"], name="core_event_actor"),
            # What has to be told next.
            models.Index(fields=["id"], condition=models.Q(told_at=None), name="core_event_untold"),
        ]
        constraints = [
            # The history of one subject in its order, and its last event, which the next one seals.
            models.UniqueConstraint(
                fields=["subject_type", "subject_id", "sequence"], name="core_event_chain"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.subject_type} {self.subject_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("History is never rewritten.")
        using = kwargs.get("using") or router.db_for_write(Event)
        self.follow(head_of(self.subject_type, self.subject_id, using=using))
        super().save(*args, **kwargs)

    def follow(self, head: Head) -> Head:
        """Take the place after this event of the same subject, and seal it."""
        self.sequence, self.previous_hash = head.sequence + 1, head.hash
        self.salt = sealing.fresh_salt()
        changes = json.dumps(self.changes, cls=StoredJSON)
        facts = Facts(*(getattr(self, name) for name in Facts._fields))
        self.hash = sealing.seal(facts, sealing.digest(self.salt, self.note, changes))
        return Head(self.sequence, self.hash)

    @classmethod
    def of(cls, subject: models.Model) -> EventQuerySet:
        """The subject's history, oldest first."""
        return cls.objects.of(subject)


SOME_TYPE, SOME_ID = "some.type", "some-id"


def head_of(subject_type: str, subject_id: str, *, using: str) -> Head:
    """The last event of a subject. The lock on the subject's row keeps it the last one."""
    values = {SOME_TYPE: subject_type, SOME_ID: subject_id}
    return Head(*next(iter(_last(using).rows(values)), NOTHING_YET))


@cache
def _last(using: str) -> Statement[Any]:
    """Asked before every event, so it is worded once."""
    rows = Event.objects.using(using).filter(subject_type=SOME_TYPE, subject_id=SOME_ID)
    return Statement(
        rows.order_by("-sequence").values_list(*Head._fields)[:1], stand_ins=(SOME_TYPE, SOME_ID)
    )
