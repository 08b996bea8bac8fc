"""How comments are shown, and what may be written."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from accounts.serializers import PersonSerializer
from core.api.serializers import RelatedRecordField, WorkItemSerializer
from discussion.markdown import html_of
from discussion.models import Comment
from files.serializers import SubjectSerializer


class RedactionSerializer(serializers.Serializer[Comment]):
    """Who took the words away, and when."""

    at = serializers.DateTimeField(source="redacted_at")
    by = RelatedRecordField(source="redacted_by", read_only=True, allow_null=True)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "An answer for everybody",
            request_only=True,
            value={"body": "We are **on our way**, @ann.", "internal": False},
        )
    ]
)
class CommentSerializer(WorkItemSerializer):
    """What somebody wrote on an item."""

    item = SubjectSerializer(source="*", read_only=True)
    html = serializers.SerializerMethodField(
        help_text="The body, rendered to a closed set of tags."
    )
    internal = serializers.BooleanField(
        source="is_internal",
        required=False,
        help_text="For agents only. Left out, the kind of item decides for agents.",
    )
    mentions = PersonSerializer(source="mentioned", many=True, read_only=True)
    edited = serializers.BooleanField(source="is_edited", read_only=True)
    redacted = serializers.SerializerMethodField(help_text="Null while the words are there.")

    class Meta:
        model = Comment
        fields = [
            "id",
            "item",
            "author",
            "body",
            "html",
            "internal",
            "mentions",
            "status",
            "edited",
            "redacted",
            "created_at",
            "updated_at",
            "available_transitions",
        ]
        read_only_fields = ["author", "created_at", "updated_at"]

    def get_html(self, comment: Comment) -> str:
        return html_of(comment.body)

    @extend_schema_field(RedactionSerializer(allow_null=True))
    def get_redacted(self, comment: Comment) -> Any:
        if not comment.is_redacted:
            return None
        return RedactionSerializer(comment, context=self.context).data
