"""How checklist templates are shown, and what may be written."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from core.api.serializers import RecordSerializer, RelatedRecordField, StrictSerializer, actor_of
from tickets.models import ChecklistTemplate
from tickets.models.checklist_template import LONGEST_POINT, MOST_POINTS


class TemplatePointSerializer(StrictSerializer):
    """One point."""

    text = serializers.CharField(max_length=LONGEST_POINT)
    required = serializers.BooleanField(  # type: ignore[assignment]
        default=True, help_text="Whether a work order can end without it."
    )


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A new template",
            request_only=True,
            value={
                "name": "Server room",
                "items": [
                    {"text": "Sign in at the desk", "required": True},
                    {"text": "Take a picture of the rack", "required": False},
                ],
            },
        )
    ]
)
class ChecklistTemplateSerializer(RecordSerializer):
    """Points for the checklists of work orders."""

    items = TemplatePointSerializer(  # type: ignore[call-arg]
        many=True, required=False, max_length=MOST_POINTS, help_text="Its points, in their order."
    )

    class Meta:
        model = ChecklistTemplate
        fields = ["id", "name", "description", "items", "is_active", "created_at", "updated_at"]
        read_only_fields = ["created_at", "updated_at"]


class TemplateField(RelatedRecordField):
    """A template that is offered; those who do not see templates are shown none."""

    def __init__(self, **kwargs: Any) -> None:
        if not kwargs.get("read_only"):
            kwargs.setdefault("queryset", ChecklistTemplate.objects.filter(is_active=True))
        super().__init__(model=ChecklistTemplate, **kwargs)

    def get_attribute(self, instance: Any) -> Any:
        actor = actor_of(self.context)
        return super().get_attribute(instance) if actor is None or actor.is_agent else None


class ApplyTemplateSerializer(StrictSerializer):
    """Which template."""

    template = TemplateField()
