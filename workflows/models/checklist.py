"""Checklists: the steps of a task, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import transition

from core import clock
from core.actors import Actor
from core.errors import ConditionUnmet
from core.fields import StatusField
from core.lifecycle import Rule
from workflows import policies
from workflows.models.in_project import InProject
from workflows.models.project import Project
from workflows.models.task import Task
from workflows.models.workflow import Workflow
from workflows.querysets import ChecklistStepQuerySet

if TYPE_CHECKING:
    from accounts.models import User

MOST_STEPS = 100
CHANGING = [policies.not_archived, policies.workflow_is_open, policies.task_is_open]


class ChecklistStep(InProject):
    """One step of a task."""

    class Status(models.TextChoices):
        OPEN = "open"
        DONE = "done"

    parent = "task"
    tones: ClassVar[dict[str, str]] = {"open": "waiting", "done": "done"}

    task = models.ForeignKey(
        Task, models.PROTECT, related_name="steps", db_index=False, editable=False
    )
    position = models.PositiveSmallIntegerField(default=0, help_text="Where it stands, from 0.")
    text = models.CharField(max_length=300)
    ticked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
    )
    ticked_at = models.DateTimeField(null=True, editable=False)
    status = StatusField(Status)

    objects = ChecklistStepQuerySet.as_manager()

    creatable: ClassVar[Rule] = Rule(policies.editor, CHANGING)
    editable: ClassVar[Rule] = Rule(policies.editor, CHANGING)

    class Meta:
        indexes = [
            # The checklist of a task, in its order.
            models.Index(fields=["task", "position"], name="workflows_checklist"),
        ]
        constraints = [
            # What is ticked was ticked at some time, and nothing else was.
            models.CheckConstraint(
                condition=Q(status="done", ticked_at__isnull=False)
                | Q(status="open", ticked_at=None, ticked_by=None),
                name="workflows_step_ticked",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @transition(status, Status.OPEN, Status.DONE, conditions=CHANGING, permission=policies.editor)
    def tick(self, *, actor: User | None = None) -> None:
        """It is done."""
        self.ticked_by = actor
        self.ticked_at = clock.now()

    @transition(status, Status.DONE, Status.OPEN, conditions=CHANGING, permission=policies.editor)
    def untick(self) -> None:
        """It is not done after all."""
        self.ticked_by = None
        self.ticked_at = None

    @property
    def project(self) -> Project:
        return self.task.project

    @property
    def workflow(self) -> Workflow:
        return self.task.workflow

    def before_create(self, actor: Actor | None) -> None:
        """A task shows its whole checklist."""
        super().before_create(actor)
        if self.task.steps.count() >= MOST_STEPS:
            raise ConditionUnmet(f"A checklist has at most {MOST_STEPS} steps.")
