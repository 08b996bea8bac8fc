"""How workflows are shown, and what may be written."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from core.api.serializers import WorkItemSerializer
from workflows.models import Workflow
from workflows.models.workflow import HIGHEST_LIMIT
from workflows.states import LIMITED

LIMIT = {"type": "integer", "minimum": 1, "maximum": HIGHEST_LIMIT}


@extend_schema_field(
    {
        "type": "object",
        "properties": {column.value: LIMIT for column in LIMITED},
        "additionalProperties": False,
    }
)
class LimitsField(serializers.JSONField):
    """How many tasks each column holds at most."""


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A new workflow",
            request_only=True,
            value={"project": "PRJ-42", "name": "Move", "wip_limits": {"in_progress": 3}},
        )
    ]
)
class WorkflowSerializer(WorkItemSerializer):
    """A board of tasks."""

    wip_limits = LimitsField(required=False, help_text="How many tasks a column holds at most.")

    class Meta:
        model = Workflow
        fields = [
            "id",
            "reference",
            "project",
            "name",
            "description",
            "position",
            "wip_limits",
            "status",
            "reason",
            "created_at",
            "updated_at",
            "created_by",
            "available_transitions",
        ]
        read_only_fields = ["position", "created_at", "updated_at", "created_by"]


class WorkflowBelowSerializer(WorkflowSerializer):
    """A workflow below its project: the address says which that is."""

    class Meta(WorkflowSerializer.Meta):
        read_only_fields = [*WorkflowSerializer.Meta.read_only_fields, "project"]
