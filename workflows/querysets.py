"""The questions one can ask about projects and what is in them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Case, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import JSONObject
from django.utils import timezone

from accounts.querysets import ACTIVE, ADMIN, LetterQuerySet
from core.actors import Actor
from core.db.json import json_rows
from core.querysets import ScopedQuerySet
from discussion.models import Comment
from workflows.states import (
    EDITORS,
    ENDED_TASKS,
    ENDED_WORKFLOWS,
    LIMITED,
    ProjectStatus,
    Role,
    TaskStatus,
)

if TYPE_CHECKING:
    from workflows.models import (  # noqa: F401
        ChecklistStep,
        Dependency,
        Invitation,
        Member,
        Project,
        Task,
        Workflow,
        WorkflowTemplate,
    )

M = TypeVar("M", bound=models.Model)

WHAT_HAPPENS = (
    ("Workflow", "project"),
    ("WorkflowTemplate", "project"),
    ("Member", "project"),
    ("Invitation", "project"),
    ("Task", "workflow__project"),
    ("Dependency", "task__workflow__project"),
    ("ChecklistStep", "task__workflow__project"),
)
"""What belongs to a project, and how it leads there: a project where none of it changes is idle."""

STEP_ROW = JSONObject(id="pk", position="position", text="text", status="status")
"""A step of a checklist, as its task shows it."""

PREDECESSOR_ROW = JSONObject(
    id="depends_on_id", title="depends_on__title", status="depends_on__status"
)
"""A task that has to be done first, as the one that waits mentions it."""


class InProjectQuerySet(ScopedQuerySet[M]):
    """Rows that belong to a project, and exist for its members alone."""

    to_project: ClassVar[str] = "project"
    """The lookup that leads from a row to its project."""

    def for_user(self, user: Actor) -> Self:
        """Members see what is in their projects, admins everything, and nobody else anything.

        What is in an archived project exists for its owners only, who may restore it. Each row knows
        for whom it was loaded, and what that person is in its project.
        """
        mine = _rows("Member").filter(project=OuterRef(self.to_project), person=user.pk)
        rows = self.annotate(seen_by=Value(user.pk), seen_as=Subquery(mine.values("role")))
        if user.is_admin:
            return rows
        in_sight = Q(role=Role.OWNER) | ~Q(project__status=ProjectStatus.ARCHIVED)
        return rows.filter(self._in_reach(Q(Exists(mine.filter(in_sight)))))

    def _in_reach(self, of_members: Q) -> Q:
        """What exists for somebody who is no admin."""
        return of_members

    def archived(self) -> Self:
        """In an archived project: lists leave these out unless they are asked for."""
        return self.filter(**{self._status_of_project(): ProjectStatus.ARCHIVED})

    def living(self) -> Self:
        """Not in an archived project."""
        return self.exclude(**{self._status_of_project(): ProjectStatus.ARCHIVED})

    def _status_of_project(self) -> str:
        return "status" if self.to_project == "pk" else f"{self.to_project}__status"


class ProjectQuerySet(InProjectQuerySet["Project"]):
    """What people plan together."""

    to_project = "pk"

    def for_display(self) -> Self:
        """With the names that a row shows, and what its conditions ask."""
        unfinished = _rows("Workflow").exclude(status__in=ENDED_WORKFLOWS)
        return self.select_related("owner", "created_by").annotate(
            unfinished_workflows=Exists(unfinished.filter(project=OuterRef("pk"))),
        )

    def of(self, person: Actor) -> Self:
        """Those in which this person takes part."""
        mine = _rows("Member").filter(project=OuterRef("pk"), person=person.pk)
        return self.filter(Exists(mine))

    def idle_since(self, moment: datetime) -> Self:
        """Nothing in them has changed since, and nobody has written there; archived ones are left alone."""
        rows = self.living().filter(updated_at__lt=moment)
        for name, path in WHAT_HAPPENS:
            touched = _rows(name).filter(**{path: OuterRef("pk")}, updated_at__gte=moment)
            rows = rows.exclude(Exists(touched))
        for items in (_rows("Project"), _rows("Workflow"), _rows("Task")):
            rows = rows.exclude(Exists(_written_on(items, moment)))
        return rows


class MemberQuerySet(InProjectQuerySet["Member"]):
    """Who takes part in what."""

    def able(self) -> Self:
        """Those who can be given tasks."""
        return self.filter(role__in=EDITORS, person__status=ACTIVE)

    def for_display(self) -> Self:
        return self.select_related("project", "person", "invitation")


class InvitationQuerySet(InProjectQuerySet["Invitation"]):
    """Who was asked to take part."""

    def for_user(self, user: Actor) -> Self:
        """Only owners of the project see whom they invited."""
        rows = super().for_user(user)
        return rows if user.is_admin else rows.filter(seen_as=Role.OWNER)

    def for_display(self) -> Self:
        return self.select_related("project", "created_by")

    def standing(self, *, at: datetime) -> Self:
        """Those by which somebody can join: nobody takes back what they could not offer any more."""
        owners = _rows("Member").filter(
            project=OuterRef("project"), person=OuterRef("created_by"), role=Role.OWNER
        )
        able = Q(created_by__status=ACTIVE) & (Q(created_by__role=ADMIN) | Exists(owners))
        pending = self.living().filter(status="pending", expires_at__gt=at)
        # FlowTrack itself may always.
        return pending.filter(Q(created_by=None) | able)


class InvitationLetterQuerySet(LetterQuerySet):
    """Letters that ask somebody in."""

    def unsent(self, *, at: datetime, attempts: int) -> Self:
        """What to send now, as long as it opens a door."""
        standing = apps.get_model("workflows", "Invitation").objects.all().standing(at=at)
        return super().unsent(at=at, attempts=attempts).filter(invitation__in=standing)


class WorkflowQuerySet(InProjectQuerySet["Workflow"]):
    """Boards of tasks."""

    def for_display(self) -> Self:
        """With the names that a row shows, and what its conditions ask."""
        unfinished = _rows("Task").exclude(status__in=ENDED_TASKS)
        return self.select_related("project", "created_by").annotate(
            unfinished_tasks=Exists(unfinished.filter(workflow=OuterRef("pk"))),
        )

    def open(self) -> Self:
        """Something still changes there."""
        return self.exclude(status__in=ENDED_WORKFLOWS)


class WorkflowTemplateQuerySet(InProjectQuerySet["WorkflowTemplate"]):
    """Workflows that begin again and again."""

    def _in_reach(self, of_members: Q) -> Q:
        """Also what is everybody's, as long as it is offered."""
        return of_members | Q(project=None, status="active")

    def shared(self) -> Self:
        """Everybody's, and no project's."""
        return self.filter(project=None)

    def for_display(self) -> Self:
        return self.select_related("project")


class TaskQuerySet(InProjectQuerySet["Task"]):
    """What is to be done."""

    to_project = "workflow__project"

    def for_display(self) -> Self:
        """With the names that a row shows, and what its conditions ask."""
        before = _rows("Dependency").filter(task=OuterRef("pk"))
        steps = _rows("ChecklistStep").filter(task=OuterRef("pk"))
        return self.select_related("workflow__project", "assignee", "created_by").annotate(
            predecessor_rows=json_rows(before, PREDECESSOR_ROW),
            step_rows=json_rows(steps, STEP_ROW),
            crowd=_crowd(),
        )

    def open(self) -> Self:
        """Somebody still has to do something."""
        return self.exclude(status__in=ENDED_TASKS)

    def overdue(self, *, at: datetime) -> Self:
        """Open after the day on which they were due."""
        return self.open().filter(due_on__lt=timezone.localdate(at))

    def mine(self, person: Actor) -> Self:
        """This person is to do them."""
        return self.filter(assignee=person.pk)

    def waiting(self) -> Self:
        """Something that they depend on is not done."""
        return self.filter(Exists(_unfinished().filter(task=OuterRef("pk"))))

    def ready_after(self, task: Task) -> Self:
        """Those that waited for this one, which is done now, and wait for nothing else."""
        rows = self.filter(dependencies__depends_on=task.pk, status=TaskStatus.TODO)
        return rows.exclude(Exists(_unfinished().filter(task=OuterRef("pk"))))

    def in_project(self, project_id: int) -> Self:
        return self.filter(workflow__project=project_id)


class InTaskQuerySet(InProjectQuerySet[M]):
    """Rows that belong to a task."""

    to_project = "task__workflow__project"


class DependencyQuerySet(InTaskQuerySet["Dependency"]):
    """What has to be done before what."""

    def for_display(self) -> Self:
        return self.select_related("task__workflow__project", "depends_on")


class ChecklistStepQuerySet(InTaskQuerySet["ChecklistStep"]):
    """The steps of tasks."""

    def for_display(self) -> Self:
        return self.select_related("task__workflow__project", "ticked_by")


def _written_on(items: Any, moment: datetime) -> Any:
    """What has been written since on these items of the project outside."""
    model = items.model
    in_project = Q(**{model.objects.all().to_project: OuterRef(OuterRef("pk"))})
    there = items.filter(in_project, pk=OuterRef("subject_id"))
    words = Comment._base_manager.filter(
        subject_type=model._meta.label_lower, updated_at__gte=moment
    )
    return words.filter(Exists(there))


def _rows(name: str) -> Any:
    """The rows of a model of ours: these querysets stand below every model."""
    return apps.get_model("workflows", name)._base_manager


def _unfinished() -> Any:
    return _rows("Dependency").exclude(depends_on__status=TaskStatus.DONE)


def _crowd() -> Case:
    """How many tasks there are in each column of the task's board; None where nothing is limited."""
    counts = {column.value: _count_in(column) for column in LIMITED}
    unlimited = When(workflow__wip_limits={}, then=Value(None, models.JSONField()))
    return Case(unlimited, default=JSONObject(**counts), output_field=models.JSONField())


def _count_in(column: TaskStatus) -> Subquery:
    there = _rows("Task").filter(workflow=OuterRef("workflow"), status=column)
    return Subquery(there.order_by().values("workflow").annotate(many=Count("pk")).values("many"))
