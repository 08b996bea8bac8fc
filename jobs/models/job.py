"""A job's whole life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import transition

from core import clock, request_id
from core.actors import Actor
from core.encoding import StoredJSON
from core.errors import ConditionUnmet
from core.fields import Move, StatusField
from core.lifecycle import Rule, nobody
from core.models import WorkItem
from jobs import policies
from jobs.models.run import Run
from jobs.querysets import JobQuerySet
from jobs.states import LIVE, JobStatus

LONGEST_ERROR = 2_000


class Job(WorkItem):
    """Something that FlowTrack does in the background, for somebody or for itself.

    The row keeps the promise; an engine only carries its number to a worker. Every move bumps its
    version, so a worker whose attempt was ended meanwhile cannot end it a second time.
    """

    Status = JobStatus

    reference_prefix = "JOB"
    carries = False
    concerned = ("owner_id",)
    private_fields = frozenset({"result"})  # as long as it likes; the row has it
    tones: ClassVar[dict[str, str]] = {
        "queued": "waiting",
        "running": "progress",
        "succeeded": "done",
        "failed": "refused",
        "cancelled": "cancelled",
    }

    title = models.CharField(max_length=200, editable=False)
    kind = models.CharField(max_length=100, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
        help_text="On whose behalf, with whose rights; empty is FlowTrack itself.",
    )
    arguments = models.JSONField(default=dict, editable=False, encoder=StoredJSON)
    key = models.CharField(max_length=200, blank=True, editable=False)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, editable=False, related_name="children"
    )
    request_id = models.CharField(max_length=128, blank=True, editable=False)
    due_at = models.DateTimeField(default=clock.now, help_text="Not before this.")
    attempt = models.PositiveIntegerField(
        default=0, editable=False, help_text="How often a worker took it up."
    )
    started_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    result = models.JSONField(null=True, blank=True, encoder=StoredJSON)
    error = models.TextField(blank=True)
    status = StatusField(Status)

    objects = JobQuerySet.as_manager()

    creatable: ClassVar[Rule] = Rule(policies.owner)

    class Meta:
        indexes = [
            # One's own jobs, newest first.
            models.Index(fields=["owner", "-id"], name="jobs_of_owner"),
            # The lists by state, newest first.
            models.Index(fields=["status", "-id"], name="jobs_by_status"),
            # The lists by kind, newest first.
            models.Index(fields=["kind", "-id"], name="jobs_by_kind"),
        ]
        constraints = [
            # What has a key is under way once at most.
            models.UniqueConstraint(
                fields=["key"],
                condition=~Q(key="") & Q(status__in=LIVE),
                name="jobs_one_live_per_key",
            ),
        ]

    @transition(status, Status.QUEUED, Status.RUNNING, permission=nobody)
    def start(self) -> None:
        """A worker takes it up."""
        self.attempt += 1
        self.started_at = self.started_at or clock.now()
        self.error = ""

    @transition(status, Status.RUNNING, Status.SUCCEEDED, permission=nobody)
    def succeed(self, *, result: Any = None) -> None:
        """It is done."""
        self.result = result
        self.finished_at = clock.now()

    @transition(status, Status.RUNNING, Status.QUEUED, permission=nobody)
    def give_back(self, *, due_at: datetime, error: str = "") -> None:
        """The attempt ended early; another one will be made."""
        self.due_at, self.error = due_at, error[:LONGEST_ERROR]

    @transition(status, Status.RUNNING, Status.FAILED, permission=nobody)
    def fail(self, *, error: str) -> None:
        """Nothing more is tried by itself."""
        self.error = error[:LONGEST_ERROR]
        self.finished_at = clock.now()

    @transition(status, LIVE, Status.CANCELLED, permission=policies.owner)
    def cancel(self) -> None:
        """Do not begin it; if it runs, stop it where it is."""
        self.finished_at = clock.now()

    @transition(status, Status.FAILED, Status.QUEUED, permission=policies.owner)
    def retry(self) -> None:
        """Try it again; it goes on where it was."""
        if self.key and Job.objects.live().filter(key=self.key).exists():
            raise ConditionUnmet("The same is under way already.")
        self.due_at, self.finished_at, self.error = clock.now(), None, ""

    @property
    def is_live(self) -> bool:
        return self.status in LIVE

    @property
    def duration(self) -> timedelta | None:
        """From its first start to its end, or till now."""
        return (self.finished_at or clock.now()) - self.started_at if self.started_at else None

    def before_create(self, actor: Actor | None) -> None:
        super().before_create(actor)
        self.request_id = self.request_id or request_id.current()

    def after_create(self, actor: Actor | None) -> None:
        """Its moving part comes with it, and with that the wish to be handed to an engine."""
        Run.objects.create(job=self, hand_over_at=self.due_at)

    def after_save(self, moves: Sequence[Move]) -> None:
        """Whatever ends or begins an attempt lets go of the worker; waiting again is handed over again."""
        super().after_save(moves)
        for move in moves:
            Run.objects.filter(pk=self.pk).update(**self._released(move))

    def _released(self, move: Move) -> Mapping[str, Any]:
        if move.target == JobStatus.RUNNING:
            return {"attempt": self.attempt, "hand_over_at": None, "handed_over": 0}
        waits = self.due_at if move.target == JobStatus.QUEUED else None
        released = {"leased_until": None, "worker": "", "hand_over_at": waits, "handed_over": 0}
        return {**released, "failures": 0} if move.action == "retry" else released
