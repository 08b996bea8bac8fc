"""Boards, and how things are put elsewhere on them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from core.api.serializers import RelatedRecordField, StrictSerializer
from workflows.models import Task, Workflow
from workflows.serializers.tasks import TaskSerializer


@extend_schema_serializer(
    examples=[OpenApiExample("Right behind another", request_only=True, value={"after": "TSK-41"})]
)
class MoveSerializer(StrictSerializer):
    """Where a task goes: behind one, ahead of another, on the same board or a different one."""

    workflow = RelatedRecordField(model=Workflow, queryset=Workflow.objects, required=False)
    after = RelatedRecordField(model=Task, queryset=Task.objects, required=False)
    before = RelatedRecordField(model=Task, queryset=Task.objects, required=False)


@extend_schema_serializer(
    examples=[OpenApiExample("Right behind another", request_only=True, value={"after": "WF-41"})]
)
class ReorderSerializer(StrictSerializer):
    """Where a workflow goes among those of its project."""

    after = RelatedRecordField(model=Workflow, queryset=Workflow.objects, required=False)
    before = RelatedRecordField(model=Workflow, queryset=Workflow.objects, required=False)


class ColumnSerializer(serializers.Serializer[Any]):
    """A column of a board: everything of one status."""

    status = serializers.ChoiceField(choices=Task.Status.choices)
    limit = serializers.IntegerField(
        allow_null=True, help_text="How many tasks it holds at most; null without a limit."
    )
    count = serializers.IntegerField(help_text="How many there are, also beyond those shown.")
    tasks = TaskSerializer(many=True)


class BoardSerializer(serializers.Serializer[Any]):
    """The columns of a workflow, in the order of a task's life."""

    columns = ColumnSerializer(many=True)
