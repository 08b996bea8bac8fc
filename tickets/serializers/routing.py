"""How routing rules are shown, and what may be written."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from core.api.serializers import RecordSerializer, StrictModelSerializer
from tickets.models import RoutingRule, Tag

CRITERIA = ["category", "tag", "department"]


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A new rule",
            request_only=True,
            value={
                "name": "Hardware",
                "position": 10,
                "category": 2,
                "team": 5,
                "distribution": "round_robin",
            },
        )
    ]
)
class RoutingRuleSerializer(RecordSerializer):
    """Sends new tickets of one kind to one team."""

    class Meta:
        model = RoutingRule
        fields = [
            "id",
            "name",
            "position",
            "is_active",
            *CRITERIA,
            "team",
            "distribution",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["created_at", "updated_at"]


class RoutingQuestionSerializer(StrictModelSerializer):
    """A ticket that is yet to come, as far as rules ask about it."""

    tags = serializers.SlugRelatedField(
        slug_field="slug",
        queryset=Tag.objects.all(),
        many=True,
        required=False,
        help_text="Slugs of its tags.",
    )

    class Meta:
        model = RoutingRule
        fields = ["category", "tags", "department"]

    def facts(self) -> dict[str, Any]:
        """The question in the words of `RoutingRuleQuerySet.winner()`."""
        asked = self.validated_data
        ids = {name: row and row.pk for name, row in asked.items() if name != "tags"}
        slugs = [tag.slug for tag in asked.get("tags", ())]
        return {"category": None, "department": None, **ids, "tags": slugs}


class RoutingAnswerSerializer(serializers.Serializer[Any]):
    """Which rule would win it, and why."""

    rule = RoutingRuleSerializer(allow_null=True, help_text="Null: no rule fits.")
    why = serializers.CharField()
