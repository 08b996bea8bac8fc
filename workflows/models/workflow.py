"""The workflow and its whole life."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Count
from django_fsm import transition

from core.actors import Actor
from core.errors import ConditionUnmet, InvalidInput
from core.fields import StatusField
from core.lifecycle import Rule, anyone, perform
from core.models import WorkItem
from workflows import policies
from workflows.models.placed import Placed
from workflows.models.project import Project
from workflows.querysets import WorkflowQuerySet
from workflows.states import ENDED_WORKFLOWS, LIMITED, WorkflowStatus

TEXT = [MaxLengthValidator(10_000)]
HIGHEST_LIMIT = 1_000


class Workflow(Placed, WorkItem):
    """A board of tasks."""

    Status = WorkflowStatus

    reference_prefix = "WF"
    tones: ClassVar[Mapping[str, str]] = {
        "draft": "neutral",
        "active": "progress",
        "paused": "held",
        "completed": "done",
        "cancelled": "cancelled",
    }

    project = models.ForeignKey(Project, models.PROTECT, related_name="workflows", db_index=False)
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True, validators=TEXT)
    wip_limits = models.JSONField(
        "limits",
        default=dict,
        blank=True,
        help_text='How many tasks a column holds at most: {"in_progress": 3}.',
    )
    reason = models.TextField(blank=True, validators=TEXT, help_text="Why it was cancelled.")
    status = StatusField(Status)

    unassigned_roles: Sequence[str] = ()
    """Where it has just begun from a template: those for whom nobody was named."""

    objects = WorkflowQuerySet.as_manager()

    creatable: ClassVar[Rule] = Rule(
        policies.editor, [policies.not_archived, policies.project_not_ended]
    )
    editable: ClassVar[Rule] = Rule(policies.editor, [policies.not_archived, policies.still_open])
    discussable: ClassVar[Rule] = Rule(anyone, [policies.not_archived])

    class Meta:
        constraints = [
            # The workflows of a project in their order: no two at one place.
            models.UniqueConstraint(
                fields=["project", "position"], name="workflows_workflow_place"
            ),
        ]
        indexes = [
            # Every list, newest first.
            models.Index(fields=["-created_at", "-id"], name="workflows_workflow_newest"),
        ]

    @transition(
        status,
        Status.DRAFT,
        Status.ACTIVE,
        conditions=[policies.not_archived],
        permission=policies.editor,
    )
    def activate(self) -> None:
        """Let its tasks be started."""

    @transition(
        status,
        Status.ACTIVE,
        Status.PAUSED,
        conditions=[policies.not_archived],
        permission=policies.editor,
    )
    def pause(self) -> None:
        """Let nothing be started for a while."""

    @transition(
        status,
        Status.PAUSED,
        Status.ACTIVE,
        conditions=[policies.not_archived],
        permission=policies.editor,
    )
    def resume(self) -> None:
        """Go on."""

    @transition(
        status,
        Status.ACTIVE,
        Status.COMPLETED,
        conditions=[policies.not_archived, policies.no_unfinished_tasks],
        permission=policies.editor,
    )
    def complete(self) -> None:
        """All its tasks are done or cancelled."""

    @transition(
        status,
        [Status.DRAFT, Status.ACTIVE, Status.PAUSED],
        Status.CANCELLED,
        conditions=[policies.not_archived],
        permission=policies.editor,
    )
    def cancel(self, *, reason: str) -> None:
        """Say why it is given up; its unfinished tasks are cancelled with it."""
        self.reason = reason
        for task in self.tasks.open().order_by("pk"):
            perform(task, "cancel", actor=None, reason=reason)

    @property
    def title(self) -> str:
        """Its name, where others mention it."""
        return self.name

    @property
    def is_open(self) -> bool:
        return self.status not in ENDED_WORKFLOWS

    @property
    def has_unfinished_tasks(self) -> bool:
        """Whether somebody still has to do something."""
        return bool(self.displayed("unfinished_tasks"))

    def refuse_full(self, column: str) -> None:
        """Refuse one task more in a column that has reached its limit; the project is held."""
        limit = self.wip_limits.get(column)
        if limit is not None and self.tasks.filter(status=column).count() >= limit:
            raise ConditionUnmet(policies.FULL)

    def before_change(self, changed: frozenset[str], actor: Actor | None) -> None:
        """It stays in its project."""
        if "project_id" in changed:
            raise InvalidInput.of("project", "This is settled when it is made.", code="settled")
        super().before_change(changed, actor)

    def clean(self) -> None:
        """Its limits are for columns that can be full, and none holds more already."""
        super().clean()
        if self._state.adding or "wip_limits" in self.changed_fields():
            self.wip_limits = limits(self.wip_limits)
            self._refuse_limits_below_what_is_there()

    def _refuse_limits_below_what_is_there(self) -> None:
        if self._state.adding:
            return
        counted = self.tasks.order_by().values_list("status").annotate(many=Count("pk"))
        for column, many in counted:
            if many > self.wip_limits.get(column, many):
                raise ConditionUnmet(f"There are {many} tasks in the column {column} already.")


def limits(given: Any) -> dict[str, int]:
    """Limits as they are kept; raises ValidationError for what is none."""
    if not isinstance(given, dict):
        raise _wrong("Give a limit for each column.")
    if unknown := set(given) - set(LIMITED):
        raise _wrong(f"There is no column {', '.join(sorted(unknown))} that has a limit.")
    for limit in given.values():
        if type(limit) is not int or not 1 <= limit <= HIGHEST_LIMIT:
            raise _wrong(f"A limit is a whole number from 1 to {HIGHEST_LIMIT}.")
    return dict(given)


def _wrong(sentence: str) -> ValidationError:
    return ValidationError({"wip_limits": sentence})
