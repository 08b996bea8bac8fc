"""How canned replies are shown, and what may be written."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from core.api.serializers import RecordSerializer, RelatedRecordField, StrictSerializer
from tickets.models import CannedReply, Ticket
from tickets.placeholders import PLACEHOLDERS

NAMES = ", ".join(f"`{{{{ {name} }}}}`" for name in PLACEHOLDERS)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A new reply",
            request_only=True,
            value={
                "title": "On our way",
                "body": "Hello {{ requester.first_name }}, somebody is on the way ({{ ticket.reference }}).",
            },
        )
    ]
)
class CannedReplySerializer(RecordSerializer):
    """A reply written once, with placeholders that are filled in for each ticket."""

    class Meta:
        model = CannedReply
        fields = ["id", "title", "body", "team", "is_active", "created_at", "updated_at"]
        read_only_fields = ["created_at", "updated_at"]
        extra_kwargs: dict[str, Any] = {
            "body": {"help_text": f"Markdown, with any of these placeholders: {NAMES}."}
        }


class RenderSerializer(StrictSerializer):
    """For which ticket."""

    ticket = RelatedRecordField(queryset=Ticket.objects.all(), model=Ticket)


class RenderedSerializer(serializers.Serializer[Any]):
    """The reply for that ticket."""

    body = serializers.CharField(help_text="Markdown, with every placeholder filled in.")
