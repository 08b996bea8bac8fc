"""The task and its whole life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django_fsm import transition

from core import clock
from core.actors import Actor
from core.errors import ConditionUnmet
from core.fields import ChoiceField, Move, StatusField
from core.lifecycle import Rule, anyone, mark, refused_by
from core.models import WorkItem
from core.priority import Priority
from discussion.models import Tagged
from workflows import policies
from workflows.models.indexes import TASK_INDEXES
from workflows.models.placed import Placed
from workflows.models.project import Project
from workflows.models.rows import Predecessor, Step
from workflows.models.workflow import Workflow
from workflows.querysets import TaskQuerySet
from workflows.states import ENDED_TASKS, UNDER_WAY, TaskStatus

TEXT = [MaxLengthValidator(10_000)]
MOST_MINUTES = 60 * 24 * 365
CHANGING = [policies.not_archived, policies.workflow_is_open]
STARTING = [*CHANGING, policies.project_not_on_hold, policies.workflow_runs]


class Task(Placed, Tagged, WorkItem):
    """Something that somebody does."""

    Status = TaskStatus
    Priority = Priority

    reference_prefix = "TSK"
    parent = "workflow"
    concerned = ("created_by_id", "assignee_id")
    tones: ClassVar[Mapping[str, str]] = {
        "todo": "waiting",
        "in_progress": "progress",
        "blocked": "held",
        "done": "done",
        "cancelled": "cancelled",
    }

    workflow = models.ForeignKey(Workflow, models.PROTECT, related_name="tasks", db_index=False)
    title = models.CharField(max_length=200)
    description = models.TextField(blank=True, validators=TEXT)
    priority = ChoiceField(Priority, default=Priority.MEDIUM)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        db_index=False,
        help_text="An editor or owner of the project.",
    )
    due_on = models.DateField(null=True, blank=True, help_text="The day on which it is due.")
    estimate_minutes = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(MOST_MINUTES)],
        help_text="How long it will take, in minutes.",
    )
    reason = models.TextField(blank=True, validators=TEXT, help_text="Why it waits or ended.")
    started_at = models.DateTimeField(null=True, editable=False)
    finished_at = models.DateTimeField(null=True, editable=False)
    status = StatusField(Status)

    objects = TaskQuerySet.as_manager()

    creatable: ClassVar[Rule] = Rule(policies.editor, CHANGING)
    editable: ClassVar[Rule] = Rule(policies.editor, [*CHANGING, policies.still_open])
    discussable: ClassVar[Rule] = Rule(anyone, [policies.not_archived])

    class Meta:
        indexes = TASK_INDEXES
        constraints = [
            # The tasks of a board in their order: no two at one place.
            models.UniqueConstraint(fields=["workflow", "position"], name="workflows_task_place"),
            # What is done was done at some time, and nothing else was.
            models.CheckConstraint(
                condition=Q(status="done", finished_at__isnull=False)
                | ~Q(status="done") & Q(finished_at=None),
                name="workflows_task_finished",
            ),
        ]

    @transition(
        status,
        Status.TODO,
        Status.IN_PROGRESS,
        conditions=[*STARTING, policies.predecessors_done, policies.room_in(Status.IN_PROGRESS)],
        permission=policies.editor,
    )
    def start(self) -> None:
        """Begin; everything that it depends on is done."""
        self.started_at = clock.now()

    @transition(
        status,
        Status.IN_PROGRESS,
        Status.BLOCKED,
        conditions=[*CHANGING, policies.room_in(Status.BLOCKED)],
        permission=policies.editor,
    )
    def block(self, *, reason: str) -> None:
        """Say what it waits for."""
        self.reason = reason

    @transition(
        status,
        Status.BLOCKED,
        Status.IN_PROGRESS,
        conditions=[*STARTING, policies.predecessors_done, policies.room_in(Status.IN_PROGRESS)],
        permission=policies.editor,
    )
    def unblock(self) -> None:
        """Go on."""

    @transition(
        status, Status.IN_PROGRESS, Status.DONE, conditions=CHANGING, permission=policies.editor
    )
    def finish(self) -> None:
        """It is done; what waited for it alone is ready."""
        self.finished_at = clock.now()

    @transition(
        status,
        Status.DONE,
        Status.TODO,
        conditions=[*CHANGING, policies.room_in(Status.TODO)],
        permission=policies.editor,
    )
    def reopen(self) -> None:
        """It is not done after all; whoever did it has it again if they still edit there."""
        self.started_at = self.finished_at = None
        if self.assignee_id is not None and not self._is_able(self.assignee_id):
            self.assignee = None

    @transition(
        status,
        [Status.TODO, Status.IN_PROGRESS, Status.BLOCKED],
        Status.CANCELLED,
        conditions=CHANGING,
        permission=policies.editor,
    )
    def cancel(self, *, reason: str) -> None:
        """Say why nobody does it."""
        self.reason = reason

    @property
    def project(self) -> Project:
        return self.workflow.project

    @property
    def is_open(self) -> bool:
        return self.status not in ENDED_TASKS

    def is_overdue(self, *, at: datetime) -> bool:
        """Whether the day on which it was due has passed."""
        return self.is_open and self.due_on is not None and self.due_on < timezone.localdate(at)

    @property
    def predecessors(self) -> list[Predecessor]:
        """The tasks that have to be done first, oldest first."""
        return Predecessor.from_json(self.displayed("predecessor_rows"))

    @property
    def checklist(self) -> list[Step]:
        """Its steps, in their order."""
        return Step.from_json(self.displayed("step_rows"))

    @property
    def is_waiting(self) -> bool:
        """Whether something that it depends on is not done."""
        return any(each.status != self.Status.DONE for each in self.predecessors)

    def finds_full(self, column: str) -> bool:
        """Whether a column of its board has reached its limit."""
        limit = self.workflow.wip_limits.get(column)
        if limit is None:
            return False
        crowd = self.displayed("crowd") or {}
        return (crowd.get(column) or 0) >= limit

    def before_create(self, actor: Actor | None) -> None:
        """A new one needs room on the board."""
        super().before_create(actor)
        self.workflow.refuse_full(self.status)

    def before_change(self, changed: frozenset[str], actor: Actor | None) -> None:
        """On another board it needs room, too, and the same rules hold there."""
        if "workflow_id" in changed:
            self._arrive(actor)
        super().before_change(changed, actor)

    def after_save(self, moves: Sequence[Move]) -> None:
        """Tell those that waited for this one only."""
        super().after_save(moves)
        if any(move.target == self.Status.DONE for move in moves):
            for task in type(self).objects.ready_after(self).order_by("pk"):
                mark(task, "ready", note=f"{self} was the last task that it waited for.")

    def clean(self) -> None:
        """Only who may edit it is given it."""
        super().clean()
        given = self._state.adding or "assignee_id" in self.changed_fields()
        if given and self.assignee_id is not None and not self._is_able(self.assignee_id):
            said = "Only an editor or owner of the project is given tasks."
            raise ValidationError({"assignee": said})

    def _is_able(self, person: int) -> bool:
        """Whether this person can be given tasks here."""
        able: Any = self.project.members.filter(person=person)
        return bool(able.able().exists())

    def _arrive(self, actor: Actor | None) -> None:
        left, self.workflow = (
            self._loaded["workflow_id"],
            self.refuse_out_of_sight("workflow", actor),
        )
        if not Workflow._base_manager.filter(pk=left, project=self.workflow.project_id).exists():
            # Its history and its comments were written for the people there.
            raise ConditionUnmet("A task stays in its project.")
        if refused := refused_by(self.editable, self, actor):
            raise refused
        if self.status in UNDER_WAY and not policies.workflow_runs(self):
            # Else it would go on where nothing may begin.
            raise ConditionUnmet(policies.workflow_runs.sentence)
        self.workflow.refuse_full(self.status)
