"""Serializers that list and do not decide: the rules come from the model's declaration."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from django.apps import apps
from django.db import models
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from core import references
from core.lifecycle import available, owned_fields
from core.models import Event, Record


def actor_of(context: Mapping[str, Any]) -> Any:
    """Who acts: the caller of a request, or whom a command names (None is FlowTrack itself)."""
    return context["actor"] if "actor" in context else context["request"].user


class StrictSerializer(serializers.Serializer[Any]):
    """Refuses what it does not know and what it only shows, naming each; nothing is ignored."""

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, Mapping):
            self._refuse_what_is_not_writable(data)
        return super().to_internal_value(data)

    def _refuse_what_is_not_writable(self, data: Mapping[str, Any]) -> None:
        errors = {}
        for name in data:
            field = self.fields.get(name)
            if field is None:
                errors[name] = [serializers.ErrorDetail("There is no such field.", "unknown")]
            elif field.read_only:
                errors[name] = [serializers.ErrorDetail("This field is read-only.", "read_only")]
        if errors:
            raise serializers.ValidationError(errors)


class NothingSerializer(StrictSerializer):
    """The body of a call that needs none."""


class RelatedRecordField(serializers.RelatedField[Any, Any, Any]):
    """Another record: shown as its summary, chosen by id or reference among those one may see.

    A row out of sight is refused with the words for a row that does not exist.
    """

    default_error_messages = {
        "does_not_exist": "There is no such choice.",
        "incorrect_type": "Give an id or a reference.",
    }

    def __init__(self, **kwargs: Any) -> None:
        self.model: type[models.Model] | None = kwargs.pop("model", None)
        super().__init__(**kwargs)

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        actor = actor_of(self.context)
        return rows.all() if actor is None else rows.for_user(actor)

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, bool) or not isinstance(data, int | str):
            self.fail("incorrect_type")
        rows = self.get_queryset()
        key = references.parse(rows.model, str(data))
        row = rows.filter(pk=key).first() if key is not None else None
        if row is None:
            self.fail("does_not_exist")
        return row

    def to_representation(self, value: Any) -> Any:
        return value.summary()


class StrictModelSerializer(StrictSerializer, serializers.ModelSerializer[Any]):
    """A strict serializer of a model's fields, whose relations resolve through the scope."""

    serializer_related_field = RelatedRecordField

    def build_relational_field(self, field_name: str, relation_info: Any) -> Any:
        field_class, kwargs = super().build_relational_field(field_name, relation_info)
        kwargs.pop("view_name", None)
        return field_class, {**kwargs, "model": relation_info.related_model}


class RecordSerializer(StrictModelSerializer):
    """Shows a record; fields that a transition owns are read-only here."""

    def get_extra_kwargs(self) -> dict[str, dict[str, Any]]:
        extra = super().get_extra_kwargs()
        for name in owned_fields(self.Meta.model):
            if name in self.Meta.fields:
                extra[name] = {"read_only": True}
        return extra


class WorkItemSerializer(RecordSerializer):
    """Shows a work item, with its reference and what the caller may do with it now."""

    reference = serializers.CharField(
        read_only=True, help_text="How people name it, e.g. `REQ-42`."
    )
    available_transitions = serializers.SerializerMethodField(
        help_text="Transitions that would succeed for the caller now; in lists only on request."
    )

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        if not self.context.get("show_transitions", True):
            fields.pop("available_transitions", None)
        return fields

    def get_available_transitions(self, item: Record) -> list[str]:
        return available(item, actor_of(self.context))


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A transition",
            value={
                "id": 9001,
                "at": "2026-11-20T09:30:00.123456Z",
                "actor": {"id": 7, "name": "Ben Example"},
                "action": "start",
                "source": "approved",
                "target": "in_progress",
                "note": "",
                "changes": {"assignee": [None, 7]},
                "request_id": "5f0c1e0d7c1b4f0e9a51c2b7f0a3d9e2",
            },
        )
    ]
)
class EventSerializer(serializers.ModelSerializer[Event]):
    """One line of an item's history."""

    actor = RelatedRecordField(read_only=True, allow_null=True, help_text="Null: FlowTrack itself.")
    changes = serializers.SerializerMethodField(
        help_text="`{field: [before, after]}`; null withholds the values."
    )

    class Meta:
        model = Event
        fields = [
            "id",
            "at",
            "actor",
            "action",
            "source",
            "target",
            "note",
            "changes",
            "request_id",
        ]
        read_only_fields = fields

    @extend_schema_field({"type": "object", "additionalProperties": {}})
    def get_changes(self, event: Event) -> dict[str, Any]:
        hidden = self.hidden(event)
        return {name: None if name in hidden else pair for name, pair in event.changes.items()}

    def hidden(self, event: Event) -> Collection[str]:
        """Fields whose values the reader is not shown."""
        model: Any = apps.get_model(event.subject_type)
        # Where it depends on the row's status, the history route has put that beside each event.
        status = getattr(event, "subject_status", "")
        found: frozenset[str] = model.hidden_in_history(actor_of(self.context), status=status)
        return found
