"""Workflows and their boards under `/api/`."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.below import IN_THEIR_ORDER, rows_below
from core.api.imports import PARSERS, ImportedSerializer, ImportSerializer
from core.api.ordering import Ordering
from core.api.viewsets import WorkItemViewSet
from core.querysets import visible_rows
from discussion.routes import Discussed
from files.routes import ExportsToFiles, Filed, ImportsByJob
from jobs.routes import InBackground
from jobs.serializers import PromisedSerializer
from workflows.boards import columns_of
from workflows.columns import WORKFLOW_COLUMNS
from workflows.filters import WorkflowFilterSet
from workflows.models import Task, Workflow
from workflows.resources import TaskResource
from workflows.serializers import (
    BoardSerializer,
    ReorderSerializer,
    TaskBelowSerializer,
    WorkflowSerializer,
)
from workflows.views.moving import Movable
from workflows.views.templates import SavedAsTemplate


class WorkflowViewSet(
    Discussed,
    Filed,
    ExportsToFiles,
    Movable,
    SavedAsTemplate,
    ImportsByJob,
    InBackground,
    WorkItemViewSet,
):
    """Workflows: boards of tasks."""

    model = Workflow
    serializer_class = WorkflowSerializer
    filterset_class = WorkflowFilterSet
    export_columns = WORKFLOW_COLUMNS
    import_resource = TaskResource
    orderings = {
        "created_at": Ordering("created_at"),
        "updated_at": Ordering("updated_at"),
        "name": Ordering("name"),
        "id": Ordering("id"),
    }

    @rows_below(
        TaskBelowSerializer, summary="Tasks", orderings=IN_THEIR_ORDER, default_ordering="position"
    )
    def tasks(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What is to be done, in the order of the board."""
        rows = visible_rows(Task, self.actor).for_display().filter(workflow=self.path_id())
        return self.page_below(rows, TaskBelowSerializer)

    @extend_schema(summary="New task", responses={201: TaskBelowSerializer})
    @tasks.mapping.post
    def add_task(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Add something to do; it comes last."""
        return self.create_below(Task, "workflow", at="tasks-detail")

    @extend_schema(
        summary="Import tasks",
        request=ImportSerializer,
        responses={200: ImportedSerializer, 202: PromisedSerializer},
    )
    @action(
        detail=True,
        methods=["post"],
        url_path="import",
        serializer_class=ImportSerializer,
        parser_classes=PARSERS,
    )
    def import_tasks(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Add a task for each row of a CSV file: all of them, or none if any is wrong.

        More than 200 rows, up to 1,000, become a job that does the same.
        """
        return self.imported(workflow=self.visible())

    @extend_schema(summary="Board", responses=BoardSerializer)
    @action(detail=True, pagination_class=None, filter_backends=[])
    def board(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Its columns with their limits, and the first tasks of each."""
        workflow = self.visible()
        context = {**self.get_serializer_context(), "show_transitions": False}
        rows = visible_rows(Task, self.actor).for_display().filter(workflow=workflow.pk)
        columns = columns_of(workflow, rows)
        return Response(BoardSerializer({"columns": columns}, context=context).data)

    @extend_schema(summary="Move", request=ReorderSerializer, responses=WorkflowSerializer)
    @action(detail=True, methods=["post"], serializer_class=ReorderSerializer)
    def move(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Put it behind one of its project's workflows, or ahead of it."""
        return self.moved(request)
