"""Templates: a workflow that begins again and again, without its days and people."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django_fsm import transition

from core.actors import Actor
from core.errors import InvalidInput
from core.fields import StatusField
from core.lifecycle import Rule, anyone
from discussion.models.tagged import missing_tags
from workflows import policies
from workflows.models.in_project import InProject
from workflows.models.project import Project
from workflows.models.template_tasks import TemplateTask, read_tasks
from workflows.models.workflow import limits
from workflows.querysets import WorkflowTemplateQuerySet

TEXT = [MaxLengthValidator(10_000)]


class WorkflowTemplate(InProject):
    """Tasks with days from the start and roles; a project's own, or everybody's.

    It holds no id of a person, a task or a project: whoever sees it learns nothing of where it is from.
    """

    class Status(models.TextChoices):
        ACTIVE = "active"
        RETIRED = "retired"

    tones: ClassVar[dict[str, str]] = {"active": "progress", "retired": "neutral"}

    project = models.ForeignKey(
        Project,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="templates",
        help_text="Whose it is; empty is everybody's.",
    )
    name = models.CharField(max_length=200)
    description = models.TextField(blank=True, validators=TEXT)
    wip_limits = models.JSONField(
        "limits",
        default=dict,
        blank=True,
        help_text='How many tasks a column holds at most: {"in_progress": 3}.',
    )
    tasks = models.JSONField(
        default=list,
        blank=True,
        help_text='In their order: [{"title": "Order a laptop", "role": "it", "due_after_days": 3}].',
    )
    status = StatusField(Status)

    objects = WorkflowTemplateQuerySet.as_manager()

    creatable: ClassVar[Rule] = Rule(policies.keeps_templates, [policies.not_archived])
    editable: ClassVar[Rule] = Rule(policies.keeps_templates, [policies.not_archived])
    removable: ClassVar[Rule] = Rule(
        policies.keeps_templates, [policies.not_archived, policies.nothing_begins_from_it]
    )
    startable: ClassVar[Rule] = Rule(anyone, [policies.not_archived, policies.not_retired])
    """Whether a workflow may begin from it; who may begin one says the project where it goes."""

    def __str__(self) -> str:
        return self.name

    @transition(
        status,
        Status.ACTIVE,
        Status.RETIRED,
        conditions=[policies.not_archived],
        permission=policies.keeps_templates,
    )
    def retire(self) -> None:
        """Let nothing begin from it any more."""

    @transition(
        status,
        Status.RETIRED,
        Status.ACTIVE,
        conditions=[policies.not_archived],
        permission=policies.keeps_templates,
    )
    def restore(self) -> None:
        """Offer it again."""

    @property
    def planned(self) -> list[TemplateTask]:
        """Its tasks, in their order."""
        return [TemplateTask(**each) for each in self.tasks]

    @property
    def roles(self) -> list[str]:
        """For whom a start names people."""
        return sorted({task.role for task in self.planned if task.role})

    @property
    def is_in_use(self) -> bool:
        """Whether something names it that could not be without it; this stands below, and need not know what."""
        relations: Any = self._meta.get_fields(include_hidden=True)
        return any(
            each.related_model._base_manager.filter(**{each.field.name: self.pk}).exists()
            for each in relations
            if getattr(each, "on_delete", None) is models.PROTECT
        )

    def before_create(self, actor: Actor | None) -> None:
        """What is everybody's belongs to no project that could be held."""
        if self.has_place:
            super().before_create(actor)

    def before_change(self, changed: frozenset[str], actor: Actor | None) -> None:
        """It stays where it belongs: what is shared is a copy."""
        super().before_change(changed, actor)
        if "project_id" in changed:
            raise InvalidInput.of("project", "This is settled when it is made.", code="settled")

    def clean(self) -> None:
        """Its tasks could be made as they are, and would have room on the board."""
        super().clean()
        changed = () if self._state.adding else self.changed_fields()
        if self._state.adding or "tasks" in changed:
            self._read_tasks()
        if self._state.adding or "wip_limits" in changed:
            self.wip_limits = limits(self.wip_limits)
        room = self.wip_limits.get("todo")
        if room is not None and room < len(self.tasks):
            said = f"All {len(self.tasks)} tasks begin in the column todo."
            raise ValidationError({"wip_limits": said})

    def _read_tasks(self) -> None:
        planned = read_tasks(self.tasks)
        before = self._loaded.get("tasks") or []
        new = _tags(each.as_json() for each in planned) - _tags(before)
        if missing := missing_tags(new):
            raise ValidationError({"tasks": f"There is no tag {', '.join(missing)}."})
        self.tasks = [each.as_json() for each in planned]


def _tags(tasks: Any) -> set[str]:
    return {tag for task in tasks for tag in task["tags"]}
