"""How jobs are shown; nobody writes them."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.api.serializers import WorkItemSerializer
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
