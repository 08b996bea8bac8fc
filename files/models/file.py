"""A file's whole life."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import transition

from core import clock
from core.actors import Actor
from core.db.turns import one_at_a_time
from core.errors import InvalidInput, NotFound
from core.fields import Move, StatusField
from core.lifecycle import Rule, nobody, refused_by
from core.lifecycle.holding import hold
from core.models import Attached, WorkItem
from files import policies
from files.errors import FileTooLarge, QuotaExceeded
from files.labels import LONGEST
from files.querysets import FileQuerySet
from files.states import FileStatus
from jobs.queue import enqueue


class File(Attached, WorkItem):  # type: ignore[misc]
    """Bytes that somebody uploaded: hung on a work item, or kept for themselves.

    The row is written when the bytes are there. Equal bytes are stored as often as they are uploaded:
    so nobody learns from an upload that somebody else has the same.
    """

    Status = FileStatus

    reference_prefix = "FILE"
    carries = False
    tones: ClassVar[dict[str, str]] = {
        "received": "waiting",
        "scanning": "progress",
        "available": "done",
        "quarantined": "refused",
        "deleted": "cancelled",
    }

    title = models.CharField("name", max_length=LONGEST, editable=False)
    subject_type = models.CharField(max_length=80, blank=True, editable=False)
    subject_id = models.BigIntegerField(null=True, editable=False)  # type: ignore[assignment]
    is_internal = models.BooleanField(
        "internal", blank=True, help_text="Whether it exists for agents only."
    )
    size = models.BigIntegerField(editable=False, help_text="In bytes.")
    sha256 = models.CharField("SHA-256", max_length=64, editable=False)
    content_type = models.CharField("type", max_length=100, editable=False)
    key = models.UUIDField(unique=True, editable=False, help_text="The name of its bytes.")
    finding = models.CharField(
        max_length=200, blank=True, help_text="What the scanner found in it."
    )
    scanned_at = models.DateTimeField(null=True, editable=False)
    purged_at = models.DateTimeField(
        null=True, editable=False, help_text="When its bytes were removed."
    )
    status = StatusField(Status)

    objects = FileQuerySet.as_manager()

    creatable: ClassVar[Rule] = Rule(policies.internal_only_by_agents)

    class Meta:
        indexes = [
            # What hangs on one item, in the order of arrival.
            models.Index(fields=["subject_type", "subject_id", "id"], name="files_on_item"),
            # One person's files, and what they may not exceed, without looking at the rows.
            models.Index(
                fields=["created_by", "id", "size"],
                condition=~Q(status="deleted"),
                name="files_of_person",
            ),
            # What the scanner or the purge still owes.
            models.Index(
                fields=["updated_at"],
                condition=Q(status__in=["received", "scanning"])
                | Q(status="deleted", purged_at=None),
                name="files_owed",
            ),
            # The lists by state, newest first; and volume by day.
            models.Index(fields=["status", "-id"], name="files_by_status"),
            models.Index(fields=["created_at", "id"], name="files_by_arrival"),
        ]
        constraints = [
            # It hangs on one item, or on none.
            models.CheckConstraint(
                condition=Q(subject_type="", subject_id=None)
                | (~Q(subject_type="") & Q(subject_id__isnull=False)),
                name="files_on_one_or_none",
            ),
            # What one keeps for oneself is not among agents.
            models.CheckConstraint(
                condition=Q(is_internal=False) | Q(subject_id__isnull=False),
                name="files_internal_on_items",
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="files_not_empty"),
            # Only what was taken away loses its bytes.
            models.CheckConstraint(
                condition=Q(purged_at=None) | Q(status="deleted"),
                name="files_purged_after_deletion",
            ),
            # Nothing is to be had that nobody has looked at.
            models.CheckConstraint(
                condition=~Q(status="available") | Q(scanned_at__isnull=False),
                name="files_available_after_scan",
            ),
        ]

    @transition(status, Status.RECEIVED, Status.SCANNING, permission=nobody)
    def scan(self) -> None:
        """The scanner takes it up."""

    @transition(status, Status.SCANNING, Status.AVAILABLE, permission=nobody)
    def release(self) -> None:
        """The scanner found nothing."""
        self.scanned_at = clock.now()

    @transition(status, Status.SCANNING, Status.QUARANTINED, permission=nobody)
    def quarantine(self, *, finding: str) -> None:
        """The scanner found something: nobody gets it."""
        self.finding = finding
        self.scanned_at = clock.now()

    @transition(
        status,
        [Status.RECEIVED, Status.SCANNING, Status.AVAILABLE, Status.QUARANTINED],
        Status.DELETED,
        permission=policies.uploader_or_agent,
    )
    def discard(self) -> None:
        """Take it away for good: its bytes are removed, and only its history stays."""

    @property
    def is_personal(self) -> bool:
        """Whether it hangs on nothing."""
        return self.subject_id is None

    @property
    def is_available(self) -> bool:
        return bool(self.status == FileStatus.AVAILABLE)

    @property
    def subject_reference(self) -> str:
        return "" if self.is_personal else super().subject_reference

    def subject_seen_by(self, actor: Actor | None) -> WorkItem | None:
        return None if self.is_personal else super().subject_seen_by(actor)

    def before_create(self, actor: Actor | None) -> None:
        """Ask the item and the person's quota, each held, so that many uploads at once count each other."""
        super().before_create(actor)
        self._settle_who_reads(actor)
        self._ask_the_item(actor)
        if self.size > settings.FILE_LIMIT:
            raise FileTooLarge.than(settings.FILE_LIMIT)
        if actor is not None:
            one_at_a_time(f"files.quota {actor.pk}")
            refuse_over_quota(actor, self.size)

    def after_create(self, actor: Actor | None) -> None:
        """Nobody gets it before the scanner has seen it."""
        self.let_scan()

    def after_save(self, moves: Sequence[Move]) -> None:
        super().after_save(moves)
        if any(move.target == FileStatus.DELETED for move in moves):
            self.let_purge()

    def let_scan(self, *, due_at: datetime | None = None) -> None:
        """Promise that the scanner looks at it."""
        enqueue("files.scan", owner=None, key=f"files.scan:{self.pk}", due_at=due_at, file=self.pk)

    def let_purge(self) -> None:
        """Promise that its bytes go."""
        enqueue("files.purge", owner=None, key=f"files.purge:{self.pk}", file=self.pk)

    def _settle_who_reads(self, actor: Actor | None) -> None:
        """Where nothing was said, the kind of item says it; what hangs on nothing is one's own."""
        unsaid: bool | None = self.is_internal
        if self.is_personal:
            if unsaid:
                said = "Only what hangs on an item can be for agents only."
                raise InvalidInput.of("internal", said)
            self.is_internal = False
        elif unsaid is None:
            among_agents = self.subject_model.comments_start_internal
            self.is_internal = bool(among_agents and actor is not None and actor.is_agent)

    def _ask_the_item(self, actor: Actor | None) -> None:
        if self.is_personal:
            return
        pk: Any = self.subject_id
        if not hold(self.subject_model, pk):
            raise NotFound
        item = self.subject_seen_by(actor)
        if item is None:
            raise NotFound
        if refused := refused_by(item.discussable, item, actor):
            raise refused


def refuse_over_quota(person: Actor, size: int) -> None:
    """Raises QuotaExceeded where somebody's files together would be too much with this one."""
    used = File.objects.volume_of(person.pk)
    if used + size > settings.FILE_QUOTA:
        raise QuotaExceeded.of(settings.FILE_QUOTA, used)
