"""How webhooks and their deliveries are shown, and what may be written."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from core.api.serializers import WorkItemSerializer
from notifications.models import Delivery, WebhookEndpoint

NAME_LENGTH = 140


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A new one",
            request_only=True,
            value={
                "description": "The pager of the night shift",
                "url": "https://pager.example.com/hooks/flowtrack",
                "event_types": ["tickets.ticket.created", "tickets.ticket.resolve"],
                "account": 7,
            },
        )
    ]
)
class EndpointSerializer(WorkItemSerializer):
    """An address that is told of chosen events."""

    event_types = serializers.ListField(
        child=serializers.CharField(max_length=NAME_LENGTH),
        max_length=500,
        help_text="Such as `tickets.ticket.resolve`; `*` is everything that happens.",
    )
    kinds = serializers.ListField(
        child=serializers.CharField(max_length=NAME_LENGTH),
        max_length=500,
        required=False,
        help_text="Only of these kinds of items, such as `tickets.ticket`; empty for all.",
    )

    class Meta:
        model = WebhookEndpoint
        fields = [
            "id",
            "description",
            "url",
            "event_types",
            "kinds",
            "account",
            "status",
            "previous_until",
            "created_at",
            "updated_at",
            "available_transitions",
        ]
        read_only_fields = ["previous_until", "created_at", "updated_at"]
        extra_kwargs = {
            "previous_until": {"help_text": "Until when the replaced secret is good, too."}
        }


class RevealingEndpointSerializer(EndpointSerializer):
    """The same, where a secret was made just now."""

    secret = serializers.SerializerMethodField(
        help_text="What signatures are checked with. Shown in the answer to this call alone."
    )

    class Meta(EndpointSerializer.Meta):
        fields = [*EndpointSerializer.Meta.fields, "secret"]

    def get_secret(self, endpoint: WebhookEndpoint) -> str | None:
        """Nothing yet: answers are kept for repeats, secrets are not (see the view)."""
        return None


class EventTypesSerializer(serializers.Serializer[None]):
    """What can be chosen."""

    event_types = serializers.ListField(child=serializers.CharField())
    kinds = serializers.ListField(child=serializers.CharField())


class DeliverySerializer(serializers.ModelSerializer[Delivery]):
    """One event on its way to one webhook."""

    status = serializers.ChoiceField(
        source="state",
        choices=Delivery.State.choices,
        help_text="Failed: given up, until somebody replays it.",
    )
    webhook = serializers.IntegerField(source="endpoint_id")
    event = serializers.IntegerField(source="event_id", allow_null=True, help_text="Null: a test.")
    next_at = serializers.SerializerMethodField(
        help_text="When it is tried next, if it is still to be sent."
    )
    problem = serializers.CharField(help_text="Why there was no answer.")
    answer = serializers.CharField(help_text="The first kilobyte of what answered last.")

    class Meta:
        model = Delivery
        fields = [
            "id",
            "webhook",
            "message_id",
            "event",
            "event_type",
            "status",
            "attempts",
            "next_at",
            "status_code",
            "duration_ms",
            "answer",
            "problem",
            "created_at",
            "attempted_at",
            "finished_at",
        ]
        read_only_fields = fields

    def get_next_at(self, delivery: Delivery) -> str | None:
        return delivery.next_at if delivery.state == Delivery.State.PENDING else None  # type: ignore[return-value]
