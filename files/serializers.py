"""How files are shown, and how one is brought."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.reverse import reverse

from core import references
from core.api.serializers import WorkItemSerializer, actor_of
from core.models import WorkItem
from core.models.attached import work_items
from core.querysets import visible_row
from files.models import File
from files.reception import Received
from files.uploads import reception_for


@extend_schema_field(
    {
        "type": "object",
        "properties": {
            "name": {"type": "string"},
            "content": {"type": "string", "format": "byte", "description": "Base64."},
        },
        "required": ["name", "content"],
        "additionalProperties": False,
    }
)
class ContentField(serializers.Field[Any, Any, Any, Any]):
    """A part of a form, streamed; or, when it is small, its name and content in JSON."""

    default_error_messages = {
        "invalid": "Send a file as a part of a form, or its name and content (Base64) in an object.",
        "base64": "The content is not Base64.",
    }

    def to_internal_value(self, data: Any) -> Received:
        if isinstance(data, Received):
            return data
        if not isinstance(data, Mapping) or set(data) != {"name", "content"}:
            self.fail("invalid")
        if not all(isinstance(value, str) for value in data.values()):
            self.fail("invalid")
        reception = reception_for(self.context["request"]._request, data["name"])
        reception.write(self._decoded(data["content"]))
        return reception.finish()

    def to_representation(self, value: Any) -> Any:
        return value

    def _decoded(self, text: str) -> bytes:
        try:
            return base64.b64decode(text, validate=True)
        except (binascii.Error, ValueError):
            self.fail("base64")


class SubjectSerializer(serializers.Serializer[Any]):
    """The item that something hangs on."""

    id = serializers.IntegerField(source="subject_id")
    reference = serializers.CharField(source="subject_reference", help_text="As in `TCK-42`.")


@extend_schema_field(SubjectSerializer)
class SubjectField(serializers.Field[Any, Any, Any, Any]):
    """A work item of any kind, chosen by its reference among those one may see."""

    default_error_messages = {
        "does_not_exist": "There is no such choice.",
        "incorrect_type": "Give a reference, such as TCK-42.",
    }

    def get_attribute(self, instance: File) -> Any:
        return None if instance.is_personal else instance

    def to_representation(self, value: File) -> Any:
        return SubjectSerializer(value).data

    def to_internal_value(self, data: Any) -> WorkItem:
        if not isinstance(data, str) or "-" not in data:
            self.fail("incorrect_type")
        for model in work_items():
            key = references.parse(model, data)
            actor = actor_of(self.context)
            item: Any = key and visible_row(model, actor, key, shown=False)
            if item:
                return item
        return self.fail("does_not_exist")


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A small one, as JSON",
            request_only=True,
            value={
                "file": {"name": "reading.txt", "content": "MjMuNCBkZWdyZWVz"},
                "internal": False,
            },
        )
    ]
)
class FileSerializer(WorkItemSerializer):
    """What somebody uploaded."""

    file = ContentField(write_only=True)
    item = SubjectField(
        required=False,
        allow_null=True,
        help_text="What it hangs on; null for what somebody keeps for themselves.",
    )
    internal = serializers.BooleanField(
        source="is_internal",
        required=False,
        help_text="For agents only. Left out, the kind of item decides for agents.",
    )
    download = serializers.SerializerMethodField(
        help_text="Where its content is; null unless it is available."
    )

    class Meta:
        model = File
        fields = [
            "id",
            "reference",
            "item",
            "file",
            "title",
            "content_type",
            "size",
            "sha256",
            "internal",
            "status",
            "finding",
            "scanned_at",
            "download",
            "created_by",
            "created_at",
            "updated_at",
            "available_transitions",
        ]
        read_only_fields = [
            "title",
            "content_type",
            "size",
            "sha256",
            "scanned_at",
            "created_by",
            "created_at",
            "updated_at",
        ]

    def get_download(self, file: File) -> str | None:
        return reverse("files-download", [file.pk]) if file.is_available else None


class FileBelowSerializer(FileSerializer):
    """What hangs on the item in the path."""

    item = SubjectField(read_only=True)


def file_of(given: Mapping[str, Any]) -> File:
    """A new row for what was brought, not saved."""
    fields = dict(given)
    received: Received = fields.pop("file")
    item = fields.pop("item", None)
    file = received.as_file(**fields)
    return file.attach_to(item) if item is not None else file
