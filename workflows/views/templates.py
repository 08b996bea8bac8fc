"""Templates of workflows under `/api/`, and what begins from them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.ordering import Ordering
from core.api.serializers import NothingSerializer
from core.api.transitions import TransitionsMixin
from core.api.viewsets import RecordViewSet, RemoveMixin, ScopedViewSet
from workflows.filters import WorkflowTemplateFilterSet
from workflows.models import WorkflowTemplate
from workflows.saving import save_as_template, share
from workflows.serializers import (
    SaveAsTemplateSerializer,
    StartedSerializer,
    StartSerializer,
    WorkflowTemplateSerializer,
)
from workflows.starting import Start


class WorkflowTemplateViewSet(RecordViewSet, RemoveMixin, TransitionsMixin):
    """Templates: a project's own for its members, and those that admins share with everybody."""

    model = WorkflowTemplate
    serializer_class: Any = WorkflowTemplateSerializer
    filterset_class = WorkflowTemplateFilterSet
    includes = frozenset({"count", "available_transitions"})
    orderings = {"name": Ordering("name"), "created_at": Ordering("created_at")}
    default_ordering = "name"

    @extend_schema(summary="Start", request=StartSerializer, responses={201: StartedSerializer})
    @action(detail=True, methods=["post"], serializer_class=StartSerializer)
    def start(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Begin a workflow, a draft, with all tasks; a role for which nobody is named has nobody."""
        template = self.visible()
        body = self.get_serializer(data=request.data)
        body.is_valid(raise_exception=True)
        workflow = Start(template, **body.validated_data).made(actor=self.actor)
        self.serializer_class = StartedSerializer
        return self.show_new(workflow, at="workflows-detail")

    @extend_schema(summary="Share", request=None, responses={201: WorkflowTemplateSerializer})
    @action(detail=True, methods=["post"], serializer_class=NothingSerializer)
    def share(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Make a copy that everybody sees; admins do this."""
        template = self.visible()
        self.get_serializer(data=request.data).is_valid(raise_exception=True)
        copy = share(template, actor=self.actor)
        self.serializer_class = WorkflowTemplateSerializer
        return self.show_new(copy, at="workflow-templates-detail")


class SavedAsTemplate(ScopedViewSet):
    """Gives the viewset of workflows the way to make templates of them."""

    @extend_schema(
        summary="Save as a template",
        request=SaveAsTemplateSerializer,
        responses={201: WorkflowTemplateSerializer},
    )
    @action(
        detail=True,
        methods=["post"],
        url_path="save-as-template",
        serializer_class=SaveAsTemplateSerializer,
    )
    def save_as_template(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Keep its tasks for another time: days count from its first one, and people become roles."""
        workflow = self.visible()
        body = self.get_serializer(data=request.data)
        body.is_valid(raise_exception=True)
        template = save_as_template(workflow, actor=self.actor, **body.validated_data)
        self.serializer_class = WorkflowTemplateSerializer
        return self.show_new(template, at="workflow-templates-detail")
