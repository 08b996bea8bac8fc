"""Checklist templates under `/api/`, and what work orders do with them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.etags import expected_version
from core.api.ordering import Ordering
from core.api.viewsets import RecordViewSet, ScopedViewSet
from core.lifecycle import change
from tickets.filters import ChecklistTemplateFilterSet
from tickets.models import ChecklistTemplate
from tickets.serializers import (
    ApplyTemplateSerializer,
    ChecklistTemplateSerializer,
    WorkOrderSerializer,
)


class ChecklistTemplateViewSet(RecordViewSet):
    """What always has to be done, written once; agents read it, admins write it."""

    model = ChecklistTemplate
    serializer_class = ChecklistTemplateSerializer
    filterset_class = ChecklistTemplateFilterSet
    orderings = {"name": Ordering("name"), "created_at": Ordering("created_at")}
    default_ordering = "name"


class Templated(ScopedViewSet):
    """Gives the viewset of work orders the route that adds a template's points."""

    @extend_schema(summary="Add the points of a template", responses=WorkOrderSerializer)
    @action(
        detail=True,
        methods=["post"],
        url_path="apply-checklist",
        serializer_class=ApplyTemplateSerializer,
    )
    def apply_checklist(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Append the template's points to the checklist; the one it already has adds nothing."""
        work_order = self.visible()
        body = self.get_serializer(data=request.data)
        body.is_valid(raise_exception=True)
        template = body.validated_data["template"]
        version = expected_version(request, work_order.pk)
        changed = change(
            work_order, actor=self.actor, expected_version=version, checklist_template=template
        )
        self.serializer_class = WorkOrderSerializer
        return self.show(changed)
