"""How recurring work is shown, and what may be written."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from core.api.serializers import WorkItemSerializer
from tickets.models import Occurrence, Schedule
from tickets.serializers.tickets import TagsField


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "Every Monday morning",
            request_only=True,
            value={
                "title": "Test the emergency lights",
                "creates": "work_order",
                "site": "North clinic",
                "window_minutes": 60,
                "rule": "FREQ=WEEKLY;BYDAY=MO",
                "starts_on": "2026-12-01",
                "starts_at": "08:00",
                "time_zone": "Europe/London",
                "missed": "skip",
            },
        )
    ]
)
class ScheduleSerializer(WorkItemSerializer):
    """A ticket or a work order that is made again and again."""

    tags = TagsField(required=False, help_text="Slugs of tags of a ticket.")

    class Meta:
        model = Schedule
        fields = [
            "id",
            "reference",
            "title",
            "creates",
            "description",
            "category",
            "requester",
            "priority",
            "team",
            "tags",
            "site",
            "window_minutes",
            "checklist_template",
            "rule",
            "starts_on",
            "starts_at",
            "time_zone",
            "missed",
            "next_at",
            "status",
            "created_at",
            "updated_at",
            "created_by",
            "available_transitions",
        ]
        read_only_fields = ["next_at", "created_at", "updated_at", "created_by"]


class OccurrenceSerializer(serializers.Serializer[Occurrence]):
    """One time that a schedule came due, and what became of it."""

    at = serializers.DateTimeField()
    outcome = serializers.ChoiceField(choices=Occurrence.Outcome.choices)
    made = serializers.SerializerMethodField(
        help_text="The ticket or work order; null if it failed."
    )
    reason = serializers.CharField(help_text="Why it failed.")

    def get_made(self, occurrence: Occurrence) -> dict[str, Any] | None:
        made = occurrence.ticket or occurrence.work_order
        return made.summary() if made is not None else None


class UpcomingSerializer(serializers.Serializer[Any]):
    """When a schedule comes due next."""

    upcoming = serializers.ListField(child=serializers.DateTimeField())
