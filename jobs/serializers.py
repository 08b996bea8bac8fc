"""How jobs and the ledger are shown; nobody writes them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django.apps import apps
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.serializers import EventSerializer, WorkItemSerializer, actor_of
from core.models import Event, LedgerCheck
from jobs.models import Job, Line, Run


class ProgressSerializer(serializers.ModelSerializer[Run]):
    """How far a job has come."""

    percent = serializers.IntegerField(allow_null=True, read_only=True)

    class Meta:
        model = Run
        fields = ["done", "total", "percent", "message"]


class JobSerializer(WorkItemSerializer):
    """Something that FlowTrack does in the background."""

    progress = ProgressSerializer(source="run", read_only=True)
    result = serializers.JSONField(read_only=True, help_text="What came of it, by kind.")

    class Meta:
        model = Job
        fields = [
            "id",
            "reference",
            "title",
            "kind",
            "owner",
            "arguments",
            "parent",
            "progress",
            "attempt",
            "due_at",
            "started_at",
            "finished_at",
            "result",
            "error",
            "request_id",
            "status",
            "created_at",
            "updated_at",
            "created_by",
            "available_transitions",
        ]
        read_only_fields = [name for name in fields if name not in {"progress", "result"}]


class LineSerializer(serializers.ModelSerializer[Line]):
    """One line of a job's log."""

    class Meta:
        model = Line
        fields = ["id", "at", "attempt", "level", "text"]


class PromisedSerializer(serializers.Serializer[Any]):
    """The job that was promised; its own address tells how far it is."""

    id = serializers.IntegerField()
    reference = serializers.CharField()
    title = serializers.CharField()
    status = serializers.ChoiceField(choices=Job.Status.choices)


class LedgerEventSerializer(EventSerializer):
    """An event, to what it happened, and its seal."""

    class Meta(EventSerializer.Meta):
        fields = [
            *EventSerializer.Meta.fields,
            "subject_type",
            "subject_id",
            "sequence",
            "previous_hash",
            "hash",
        ]
        read_only_fields = fields

    def hidden(self, event: Event) -> Collection[str]:
        """Whatever is withheld in some status is withheld here: the status of now is not beside it."""
        try:
            model: Any = apps.get_model(event.subject_type)
        except LookupError:
            return event.changes  # of an app that is gone: nobody knows what it kept to itself
        hidden: frozenset[str] = model.hidden_in_any_history(actor_of(self.context))
        return hidden


class LedgerCheckSerializer(serializers.ModelSerializer[LedgerCheck]):
    """What the last check of the ledger found."""

    intact = serializers.SerializerMethodField(help_text="Null: it was never checked.")
    at = serializers.DateTimeField(allow_null=True, read_only=True)

    class Meta:
        model = LedgerCheck
        fields = ["intact", "finding", "at", "number", "up_to", "events", "subjects", "root"]

    @extend_schema_field({"type": ["boolean", "null"]})
    def get_intact(self, check: LedgerCheck) -> bool | None:
        return None if check.pk is None else not check.finding
