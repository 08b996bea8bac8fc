"""How tickets are shown, and what may be written."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from core.api.serializers import RelatedRecordField, WorkItemSerializer, actor_of
from tickets.models import Ticket
from tickets.policies import sees

SLUGS = {"type": "array", "items": {"type": "string"}, "examples": [["vpn", "laptop"]]}


class MergedIntoField(RelatedRecordField):
    """The survivor; for whoever does not see that ticket there is none."""

    def get_attribute(self, instance: Ticket) -> Ticket | None:
        survivor, actor = instance.merged_into, actor_of(self.context)
        return survivor if survivor and (actor is None or sees(survivor, actor)) else None


@extend_schema_field(SLUGS)
class TagsField(serializers.JSONField):
    """A list of tags; the model says which there are."""


class DuplicateSerializer(serializers.Serializer[Any]):
    """A ticket that follows this one."""

    id = serializers.IntegerField()
    reference = serializers.CharField()
    title = serializers.CharField()


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A new ticket",
            request_only=True,
            value={
                "title": "The lift smells of smoke",
                "description": "Since this morning, on the second floor.",
                "category": 4,
            },
        )
    ]
)
class TicketSerializer(WorkItemSerializer):
    """Something that is wrong, and what became of it."""

    tags = TagsField(required=False, help_text="Slugs of tags; only agents write them.")
    service_level = serializers.CharField(
        source="sla_policy.name",
        default=None,
        allow_null=True,
        read_only=True,
        help_text="The policy that won.",
    )
    is_merged = serializers.BooleanField(
        read_only=True, help_text="Whether it follows the outcome of another ticket."
    )
    merged_into = MergedIntoField(
        model=Ticket, read_only=True, allow_null=True, help_text="That ticket, for whoever sees it."
    )
    duplicates = serializers.SerializerMethodField(
        help_text="Those that follow this one and that you may see."
    )

    class Meta:
        model = Ticket
        fields = [
            "id",
            "reference",
            "title",
            "description",
            "category",
            "tags",
            "priority",
            "requester",
            "department",
            "team",
            "assignee",
            "status",
            "is_merged",
            "merged_into",
            "duplicates",
            "service_level",
            "first_responded_at",
            "response_due_at",
            "due_at",
            "escalation",
            "reason",
            "resolution",
            "started_at",
            "resolved_at",
            "closed_at",
            "created_at",
            "updated_at",
            "created_by",
            "available_transitions",
        ]
        read_only_fields = [
            "department",
            "first_responded_at",
            "response_due_at",
            "due_at",
            "escalation",
            "started_at",
            "resolved_at",
            "closed_at",
            "created_at",
            "updated_at",
            "created_by",
        ]
        extra_kwargs: dict[str, Any] = {"requester": {"required": False}}

    @extend_schema_field(DuplicateSerializer(many=True))
    def get_duplicates(self, ticket: Ticket) -> Any:
        actor = actor_of(self.context)
        shown = [row for row in ticket.duplicates_shown if actor is None or sees(row, actor)]
        return DuplicateSerializer(shown, many=True).data
