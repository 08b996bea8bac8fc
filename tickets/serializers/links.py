"""How links are shown, and what may be written."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiSerializerFieldExtension
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from core import references
from core.api.serializers import RecordSerializer, actor_of
from core.models import WorkItem
from core.querysets import visible_row
from core.registry import model_called
from tickets.linking import LINKABLE, WORDS
from tickets.models import Link, LinkedItem


class LinkedItemSerializer(serializers.Serializer[LinkedItem]):
    """A ticket or request at an end of a link."""

    id = serializers.IntegerField()
    reference = serializers.CharField()
    title = serializers.CharField()
    status = serializers.CharField()


class LinkSerializer(RecordSerializer):
    """What one item has to do with another: the source blocks, duplicates or relates to the target."""

    source = serializers.SerializerMethodField()  # type: ignore[assignment]
    target = serializers.SerializerMethodField()

    class Meta:
        model = Link
        fields = ["id", "kind", "source", "target", "created_at"]
        read_only_fields = fields

    @extend_schema_field(LinkedItemSerializer)
    def get_source(self, link: Link) -> Any:
        return LinkedItemSerializer(link.shown("source")).data

    @extend_schema_field(LinkedItemSerializer)
    def get_target(self, link: Link) -> Any:
        return LinkedItemSerializer(link.shown("target")).data


class LinkableField(serializers.Field[WorkItem, str, Any, Any]):
    """A ticket or a request: written as a reference, as far as the caller sees it, and read in full."""

    default_error_messages = {
        "does_not_exist": "There is no such choice.",
        "incorrect_type": "Give the reference of a ticket or a request.",
    }

    def to_internal_value(self, data: Any) -> WorkItem:
        if not isinstance(data, str):
            self.fail("incorrect_type")
        model: Any = model_called(data.rpartition("-")[0])
        if model is None or model._meta.label_lower not in LINKABLE:
            self.fail("incorrect_type")
        key = references.parse(model, data)
        item = key and visible_row(model, actor_of(self.context), key, shown=False)
        if not item:
            self.fail("does_not_exist")
        found: WorkItem = item
        return found

    def to_representation(self, value: Any) -> Any:
        return LinkedItemSerializer(value).data


class LinkableExtension(OpenApiSerializerFieldExtension):
    """Tells the two apart in the API description."""

    target_class = LinkableField

    def map_serializer_field(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        if direction == "request":
            return {"type": "string", "description": "A reference.", "examples": ["REQ-7"]}
        shown: dict[str, Any] = auto_schema.resolve_serializer(LinkedItemSerializer, direction).ref
        return shown


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A new link", request_only=True, value={"kind": "blocked_by", "item": "REQ-7"}
        )
    ]
)
class SeenLinkSerializer(RecordSerializer):
    """A link in the words of the item in the address."""

    kind = serializers.ChoiceField(choices=WORDS, source="word")
    item = LinkableField(source="other")

    class Meta:
        model = Link
        fields = ["id", "kind", "item", "created_at"]
        read_only_fields = ["created_at"]
