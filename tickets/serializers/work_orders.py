"""How work orders and their checklists are shown, and what may be written."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from accounts.serializers import PersonSerializer
from core.api.serializers import WorkItemSerializer
from tickets.models import ChecklistItem, WorkOrder
from tickets.models.rows import ChecklistRow
from tickets.serializers.checklist_templates import TemplateField


class ChecklistRowSerializer(serializers.Serializer[ChecklistRow]):
    """A point of the checklist."""

    id = serializers.IntegerField()
    position = serializers.IntegerField()
    text = serializers.CharField()
    is_required = serializers.BooleanField()
    status = serializers.ChoiceField(choices=ChecklistItem.Status.choices)
    ticked_by = PersonSerializer(allow_null=True)
    ticked_at = serializers.DateTimeField(allow_null=True)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A new work order",
            request_only=True,
            value={"title": "Look at the motor of the lift", "ticket": "TCK-42"},
        )
    ]
)
class WorkOrderSerializer(WorkItemSerializer):
    """Somebody goes somewhere and does it."""

    checklist_template = TemplateField(
        required=False,
        allow_null=True,
        help_text="Its points are copied into the checklist; only agents see which it was.",
    )
    checklist = ChecklistRowSerializer(source="checklist_shown", many=True, read_only=True)

    class Meta:
        model = WorkOrder
        fields = [
            "id",
            "reference",
            "title",
            "description",
            "ticket",
            "request",
            "checklist_template",
            "site",
            "scheduled_start",
            "scheduled_end",
            "assignee",
            "status",
            "checklist",
            "reason",
            "completion_notes",
            "minutes_spent",
            "started_at",
            "completed_at",
            "created_at",
            "updated_at",
            "created_by",
            "available_transitions",
        ]
        read_only_fields = [
            "started_at",
            "completed_at",
            "created_at",
            "updated_at",
            "created_by",
        ]


class PlannedWorkSerializer(WorkOrderSerializer):
    """A work order below what it is for: the address says what that is."""

    class Meta(WorkOrderSerializer.Meta):
        read_only_fields = [*WorkOrderSerializer.Meta.read_only_fields, "ticket", "request"]


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A new point", request_only=True, value={"text": "Main switch off", "position": 1}
        )
    ]
)
class ChecklistItemSerializer(WorkItemSerializer):
    """A point of a work order's checklist."""

    class Meta:
        model = ChecklistItem
        fields = [
            "id",
            "work_order",
            "position",
            "text",
            "is_required",
            "status",
            "ticked_by",
            "ticked_at",
            "created_at",
            "updated_at",
            "available_transitions",
        ]
        read_only_fields = ["work_order", "ticked_by", "ticked_at", "created_at", "updated_at"]
