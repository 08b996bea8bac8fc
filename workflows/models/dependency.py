"""Dependencies: what has to be done before what."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db import connection, models
from django.db.models import F, Q

from core.actors import Actor
from core.errors import ConditionUnmet, InvalidInput
from core.lifecycle import Rule
from workflows import policies
from workflows.models.in_project import InProject
from workflows.models.project import Project
from workflows.models.task import Task
from workflows.models.workflow import Workflow
from workflows.querysets import DependencyQuerySet

MOST_PREDECESSORS = 50
CHANGING = [policies.not_archived, policies.workflow_is_open, policies.task_is_open]
LEADS_BACK = """
WITH RECURSIVE ahead(id) AS (
    SELECT CAST(%s AS bigint)
    UNION
    SELECT depends_on_id FROM workflows_dependency JOIN ahead ON task_id = ahead.id
)
SELECT 1 FROM ahead WHERE id = %s
"""
"""Whether whoever follows dependencies from the first task arrives at the second."""


class Dependency(InProject):
    """A task waits for another one; made and taken away, never edited."""

    parent = "task"

    task = models.ForeignKey(
        Task, models.PROTECT, related_name="dependencies", db_index=False, editable=False
    )
    depends_on = models.ForeignKey(Task, models.PROTECT, related_name="dependents")

    objects = DependencyQuerySet.as_manager()

    creatable: ClassVar[Rule] = Rule(policies.editor, [*CHANGING, policies.task_has_not_begun])
    editable: ClassVar[Rule] = Rule(policies.editor, CHANGING)

    class Meta:
        verbose_name_plural = "dependencies"
        constraints = [
            # One task waits for another once; also finds what a task waits for.
            models.UniqueConstraint(
                fields=["task", "depends_on"],
                name="workflows_dependency_once",
                violation_error_message="It depends on that task already.",
            ),
            models.CheckConstraint(
                condition=~Q(task=F("depends_on")),
                name="workflows_dependency_not_on_itself",
                violation_error_message="A task does not wait for itself.",
            ),
        ]

    def __str__(self) -> str:
        return f"TSK-{self.task_id} waits for TSK-{self.depends_on_id}"

    @property
    def project(self) -> Project:
        return self.task.project

    @property
    def workflow(self) -> Workflow:
        return self.task.workflow

    def save(self, *, note: str = "", **kwargs: Any) -> None:
        """Its history says what waited for what, also when it is gone."""
        super().save(note=note or str(self), **kwargs)

    def before_create(self, actor: Actor | None) -> None:
        """Both tasks exist for whoever ties them, in one project, and nothing waits in a circle."""
        super().before_create(actor)
        other = self.refuse_out_of_sight("depends_on", actor)
        if other.project.pk != self.project.pk:
            raise InvalidInput.of("depends_on", "It belongs to another project.")
        if self.task.dependencies.count() >= MOST_PREDECESSORS:
            raise ConditionUnmet(f"A task waits for at most {MOST_PREDECESSORS} others.")
        if other.pk != self.task_id and _leads(other.pk, self.task_id):
            raise ConditionUnmet(
                f"{other} waits for {self.task} already, perhaps by way of others:"
                " that would be a circle."
            )

    def before_change(self, changed: frozenset[str], actor: Actor | None) -> None:
        """What waits for what is settled."""
        super().before_change(changed, actor)
        if changed:
            raise InvalidInput.of("depends_on", "This is settled when it is made.", code="settled")


def _leads(start: int, goal: int) -> bool:
    """One statement, under the lock of the project: two that close a circle need not share a task."""
    with connection.cursor() as cursor:
        cursor.execute(LEADS_BACK, [start, goal])
        return cursor.fetchone() is not None
