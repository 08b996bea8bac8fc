"""How requests and the catalogue are shown, and what may be written."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from core.api.serializers import (
    RecordSerializer,
    RelatedRecordField,
    WorkItemSerializer,
    actor_of,
)
from core.priority import Priority
from requests_app.models import Category, Decision, DecisionMade, RequestType, ServiceRequest
from workflows.models import Project, WorkflowTemplate


class CategorySerializer(RecordSerializer):
    """A shelf of the catalogue."""

    class Meta:
        model = Category
        fields = ["id", "name", "slug", "position", "created_at", "updated_at"]
        read_only_fields = ["created_at", "updated_at"]


class TargetSerializer(serializers.Serializer[Any]):
    """A service level that can apply; of those that fit a request, the first one wins."""

    policy = serializers.CharField()
    priority = serializers.ChoiceField(
        choices=Priority.choices, allow_blank=True, help_text="Empty is any."
    )
    department = serializers.IntegerField(allow_null=True, help_text="Its id; null is any.")
    response_minutes = serializers.IntegerField(allow_null=True, help_text="Of working time.")
    resolution_minutes = serializers.IntegerField(allow_null=True, help_text="Of working time.")
    calendar = serializers.CharField()


class AdminsField(RelatedRecordField):
    """A row that admins choose; everybody else is shown none, for it may be hidden from them."""

    def get_attribute(self, instance: Any) -> Any:
        actor = actor_of(self.context)
        return super().get_attribute(instance) if actor is None or actor.is_admin else None


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A new type",
            request_only=True,
            value={
                "name": "Standing desk",
                "category": 2,
                "description": "A desk that goes up and down.",
                "form": {
                    "type": "object",
                    "properties": {"room": {"type": "string", "title": "Room", "maxLength": 20}},
                    "required": ["room"],
                    "additionalProperties": False,
                },
                "approvals_needed": 1,
            },
        )
    ]
)
class RequestTypeSerializer(RecordSerializer):
    """Something that people can ask for."""

    targets = TargetSerializer(
        many=True,
        read_only=True,
        help_text="How soon: the service levels that can apply, in order.",
    )
    workflow_template = AdminsField(
        model=WorkflowTemplate,
        queryset=WorkflowTemplate.objects,
        required=False,
        allow_null=True,
        help_text="What begins when the work on a request begins; null for all but admins.",
    )
    workflow_project = AdminsField(
        model=Project,
        queryset=Project.objects,
        required=False,
        allow_null=True,
        help_text="Where it begins; null for all but admins.",
    )

    class Meta:
        model = RequestType
        fields = [
            "id",
            "name",
            "slug",
            "category",
            "description",
            "form",
            "approvals_needed",
            "targets",
            "is_active",
            "workflow_template",
            "workflow_project",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["created_at", "updated_at"]


class DeciderSerializer(serializers.Serializer[DecisionMade]):
    """Who decided, as others mention them."""

    id = serializers.IntegerField(source="person_id")
    name = serializers.CharField(source="person_name")


class DecisionSerializer(serializers.Serializer[DecisionMade]):
    """What one person said."""

    person = DeciderSerializer(source="*")
    outcome = serializers.ChoiceField(choices=Decision.Outcome.choices)
    note = serializers.CharField()
    at = serializers.DateTimeField()


class WorkflowShownSerializer(serializers.Serializer[Any]):
    """The workflow that began with the work on a request."""

    id = serializers.IntegerField()
    reference = serializers.CharField(help_text="As in `WF-42`.")
    title = serializers.CharField()


class ApprovalsSerializer(serializers.Serializer[ServiceRequest]):
    """How far the approval is."""

    needed = serializers.IntegerField(source="approvals_needed", min_value=0)
    given = serializers.IntegerField(source="approvals_given", min_value=0)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A new request",
            request_only=True,
            value={
                "title": "Laptop for the new paralegal",
                "description": "She starts on the first of next month.",
                "request_type": 4,
                "department": 3,
                "priority": "high",
                "answers": {"model": "13-inch", "needed_by": "2026-12-01"},
            },
        )
    ]
)
class ServiceRequestSerializer(WorkItemSerializer):
    """An operations request."""

    category = RelatedRecordField(source="request_type.category", read_only=True)
    service_level = serializers.CharField(
        source="sla_policy.name",
        default=None,
        allow_null=True,
        read_only=True,
        help_text="The policy that won.",
    )
    workflow = WorkflowShownSerializer(
        source="workflow_shown",
        allow_null=True,
        read_only=True,
        help_text="What began with the work; null where there is none that you may see.",
    )
    approvals = ApprovalsSerializer(source="*", read_only=True)
    decisions = DecisionSerializer(source="decisions_made", many=True, read_only=True)

    class Meta:
        model = ServiceRequest
        fields = [
            "id",
            "reference",
            "title",
            "description",
            "request_type",
            "category",
            "department",
            "priority",
            "answers",
            "requester",
            "assignee",
            "status",
            "service_level",
            "first_responded_at",
            "response_due_at",
            "due_at",
            "escalation",
            "approvals",
            "decisions",
            "reason",
            "resolution",
            "workflow",
            "decided_at",
            "started_at",
            "completed_at",
            "created_at",
            "updated_at",
            "created_by",
            "available_transitions",
        ]
        read_only_fields = [
            "first_responded_at",
            "response_due_at",
            "due_at",
            "escalation",
            "decided_at",
            "started_at",
            "completed_at",
            "created_at",
            "updated_at",
            "created_by",
        ]
        extra_kwargs: dict[str, Any] = {"requester": {"required": False}}
