"""How tags are shown, and what may be written."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer

from core.api.serializers import RecordSerializer
from tickets.models import Tag


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A new tag",
            request_only=True,
            value={"slug": "vpn", "description": "Getting in from outside."},
        )
    ]
)
class TagSerializer(RecordSerializer):
    """A word by which tickets are found again."""

    class Meta:
        model = Tag
        fields = ["id", "slug", "description", "is_active", "created_at", "updated_at"]
        read_only_fields = ["created_at", "updated_at"]
