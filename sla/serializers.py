"""How calendars, policies and explanations are shown, and what may be written."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from core.api.serializers import RecordSerializer, StrictSerializer
from sla.clock import Kind, State
from sla.explaining import Explanation, InForce, Target
from sla.hours import WEEKDAYS
from sla.models import Calendar, Policy

STATES = [(str(state), str(state)) for state in State]
SEGMENT_KINDS = [(str(kind), str(kind)) for kind in Kind]
SHIFT = {"type": "array", "items": {"type": "string"}, "minItems": 2, "maxItems": 2}


@extend_schema_field(
    {
        "type": "object",
        "properties": {day: {"type": "array", "items": SHIFT} for day in WEEKDAYS},
        "additionalProperties": False,
    }
)
class HoursField(serializers.JSONField):
    """Pairs of times by weekday."""


@extend_schema_field(
    {
        "type": "array",
        "items": {
            "type": "object",
            "properties": {
                "date": {"type": "string", "format": "date"},
                "name": {"type": "string"},
            },
            "required": ["date", "name"],
            "additionalProperties": False,
        },
    }
)
class HolidaysField(serializers.JSONField):
    """Days off with their names."""


@extend_schema_field({"type": "array", "items": {"type": "string"}})
class StatusesField(serializers.JSONField):
    """Statuses, or null for what the item says itself."""


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A new calendar",
            request_only=True,
            value={
                "name": "London",
                "time_zone": "Europe/London",
                "hours": {
                    **{day: [["09:00", "12:30"], ["13:30", "17:30"]] for day in WEEKDAYS[:4]},
                    "fri": [["22:00", "06:00"]],
                },
                "holidays": [{"date": "2026-12-25", "name": "Christmas Day"}],
            },
        )
    ]
)
class CalendarSerializer(RecordSerializer):
    """When people work."""

    hours = HoursField(help_text=Calendar._meta.get_field("hours").help_text)
    holidays = HolidaysField(
        required=False, help_text=Calendar._meta.get_field("holidays").help_text
    )

    class Meta:
        model = Calendar
        fields = ["id", "name", "time_zone", "hours", "holidays", "created_at", "updated_at"]
        read_only_fields = ["created_at", "updated_at"]


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A new policy",
            request_only=True,
            value={
                "name": "Urgent tickets",
                "position": 10,
                "applies_to": "ticket",
                "priority": "urgent",
                "calendar": 1,
                "response_minutes": 60,
                "resolution_minutes": 480,
            },
        )
    ]
)
class PolicySerializer(RecordSerializer):
    """What is promised for what."""

    waits_in = StatusesField(
        required=False, allow_null=True, help_text=Policy._meta.get_field("waits_in").help_text
    )

    class Meta:
        model = Policy
        fields = [
            "id",
            "name",
            "position",
            "is_active",
            "applies_to",
            "request_type",
            "category",
            "priority",
            "department",
            "calendar",
            "response_minutes",
            "resolution_minutes",
            "waits_in",
            "created_at",
            "updated_at",
        ]
        read_only_fields = ["created_at", "updated_at"]


class InForceSerializer(serializers.Serializer[InForce]):
    """A policy or a calendar, and which of its versions counts."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    version = serializers.IntegerField()


class MeasureSerializer(serializers.Serializer[Target]):
    """One promise against the clock."""

    target_minutes = serializers.IntegerField(help_text="Working time promised.")
    used_seconds = serializers.FloatField(help_text="Working time used.")
    due_at = serializers.DateTimeField(
        allow_null=True, help_text="When it is used up; null while the clock is paused."
    )
    warns_at = serializers.DateTimeField(allow_null=True, help_text="When 75 % of it are used.")
    state = serializers.ChoiceField(choices=STATES)


class SegmentSerializer(serializers.Serializer[Any]):
    """Time that passed in one way."""

    kind = serializers.ChoiceField(choices=SEGMENT_KINDS)
    why = serializers.CharField()
    seconds = serializers.SerializerMethodField()

    def get_fields(self) -> dict[str, Any]:
        # `from` is a word of the language.
        ends = {
            "from": serializers.DateTimeField(source="start"),
            "to": serializers.DateTimeField(source="end"),
        }
        return {**ends, **super().get_fields()}

    def get_seconds(self, segment: Any) -> float:
        length: float = (segment.end - segment.start).total_seconds()
        return length


class ExplanationSerializer(StrictSerializer):
    """Why something is due when it is."""

    item = serializers.SerializerMethodField()
    at = serializers.DateTimeField()
    policy = InForceSerializer(allow_null=True, help_text="For agents.")
    calendar = InForceSerializer(allow_null=True, help_text="For agents.")
    time_zone = serializers.CharField(allow_null=True)
    first_response = MeasureSerializer(allow_null=True)
    resolution = MeasureSerializer(allow_null=True)
    segments = SegmentSerializer(many=True, help_text="The whole life of the item, without gaps.")

    @extend_schema_field(
        {
            "type": "object",
            "properties": {
                "id": {"type": "integer"},
                "reference": {"type": "string"},
                "title": {"type": "string"},
            },
            "required": ["id", "reference", "title"],
        }
    )
    def get_item(self, explanation: Explanation) -> dict[str, Any]:
        return explanation.item.summary()
