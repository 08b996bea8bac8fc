"""Tasks and what belongs to them under `/api/`."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.below import IN_THEIR_ORDER, rows_below
from core.api.history import HistoryMixin
from core.api.ordering import Ordering
from core.api.transitions import TransitionsMixin
from core.api.viewsets import EditMixin, ReadOneMixin, RemoveMixin, WorkItemViewSet
from core.priority import PRIORITY_RANK
from core.querysets import visible_rows
from discussion.routes import Discussed
from files.routes import ExportsToFiles, Filed
from jobs.routes import InBackground
from workflows.columns import TASK_COLUMNS
from workflows.filters import TaskFilterSet
from workflows.models import ChecklistStep, Dependency, Task
from workflows.serializers import (
    ChecklistStepSerializer,
    DependencySerializer,
    MoveSerializer,
    TaskSerializer,
)
from workflows.views.moving import Movable


class TaskViewSet(Discussed, Filed, ExportsToFiles, Movable, InBackground, WorkItemViewSet):
    """Tasks: what is to be done, by whom, and what it waits for."""

    model = Task
    serializer_class = TaskSerializer
    filterset_class = TaskFilterSet
    export_columns = TASK_COLUMNS
    orderings = {
        "created_at": Ordering("created_at"),
        "updated_at": Ordering("updated_at"),
        "due_on": Ordering("due_on", nullable=True),
        "priority": Ordering(PRIORITY_RANK),
        "position": Ordering("position"),
        "id": Ordering("id"),
    }

    @extend_schema(summary="Move", request=MoveSerializer, responses=TaskSerializer)
    @action(detail=True, methods=["post"], serializer_class=MoveSerializer)
    def move(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Put it behind one task, ahead of another, or on another board of its project."""
        return self.moved(request)

    @rows_below(DependencySerializer, summary="Dependencies")
    def dependencies(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What has to be done before it."""
        return self._below(Dependency, DependencySerializer)

    @extend_schema(summary="New dependency", responses={201: DependencySerializer})
    @dependencies.mapping.post
    def add_dependency(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Let it wait for another task of its project; never in a circle."""
        return self.create_below(Dependency, "task", at="dependencies-detail")

    @rows_below(
        ChecklistStepSerializer,
        summary="Checklist",
        orderings=IN_THEIR_ORDER,
        default_ordering="position",
    )
    def checklist(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Its steps, in their order."""
        return self._below(ChecklistStep, ChecklistStepSerializer)

    @extend_schema(summary="New step", responses={201: ChecklistStepSerializer})
    @checklist.mapping.post
    def add_step(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Add a step."""
        return self.create_below(ChecklistStep, "task", at="checklist-steps-detail")

    def _below(self, model: Any, serializer_class: Any) -> Response:
        rows = visible_rows(model, self.actor).for_display().filter(task=self.path_id())
        return self.page_below(rows, serializer_class)


class DependencyViewSet(ReadOneMixin, RemoveMixin, HistoryMixin):
    """Dependencies, one by one; together they stand below the task that waits."""

    model = Dependency
    serializer_class = DependencySerializer


class ChecklistStepViewSet(ReadOneMixin, EditMixin, RemoveMixin, HistoryMixin, TransitionsMixin):
    """The steps of checklists, one by one; together they stand below their task."""

    model = ChecklistStep
    serializer_class = ChecklistStepSerializer
