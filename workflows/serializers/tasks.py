"""How tasks and what belongs to them are shown, and what may be written."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from core.api.serializers import RecordSerializer, RelatedRecordField, WorkItemSerializer
from workflows.models import ChecklistStep, Dependency, Project, Task
from workflows.models.rows import Predecessor, Step


class PredecessorSerializer(serializers.Serializer[Predecessor]):
    """A task that has to be done first."""

    id = serializers.IntegerField()
    reference = serializers.CharField()
    title = serializers.CharField()
    status = serializers.ChoiceField(choices=Task.Status.choices)


class StepRowSerializer(serializers.Serializer[Step]):
    """A step of the checklist."""

    id = serializers.IntegerField()
    position = serializers.IntegerField()
    text = serializers.CharField()
    status = serializers.ChoiceField(choices=ChecklistStep.Status.choices)


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A new task",
            request_only=True,
            value={"workflow": "WF-42", "title": "Pack the books", "estimate_minutes": 90},
        )
    ]
)
class TaskSerializer(WorkItemSerializer):
    """Something that somebody does."""

    project = RelatedRecordField(model=Project, read_only=True, source="workflow.project")
    depends_on = PredecessorSerializer(source="predecessors", many=True, read_only=True)
    is_waiting = serializers.BooleanField(
        read_only=True, help_text="Whether something that it depends on is not done."
    )
    checklist = StepRowSerializer(many=True, read_only=True)

    class Meta:
        model = Task
        fields = [
            "id",
            "reference",
            "project",
            "workflow",
            "title",
            "description",
            "priority",
            "assignee",
            "due_on",
            "estimate_minutes",
            "tags",
            "position",
            "depends_on",
            "is_waiting",
            "checklist",
            "status",
            "reason",
            "started_at",
            "finished_at",
            "created_at",
            "updated_at",
            "created_by",
            "available_transitions",
        ]
        read_only_fields = [
            "position",
            "started_at",
            "finished_at",
            "created_at",
            "updated_at",
            "created_by",
        ]


class TaskBelowSerializer(TaskSerializer):
    """A task below its workflow: the address says which that is."""

    class Meta(TaskSerializer.Meta):
        read_only_fields = [*TaskSerializer.Meta.read_only_fields, "workflow"]


@extend_schema_serializer(
    examples=[OpenApiExample("A new dependency", request_only=True, value={"depends_on": "TSK-41"})]
)
class DependencySerializer(RecordSerializer):
    """A task that waits for another one."""

    class Meta:
        model = Dependency
        fields = ["id", "task", "depends_on", "created_at"]
        read_only_fields = ["task", "created_at"]


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A new step", request_only=True, value={"text": "Label the boxes", "position": 1}
        )
    ]
)
class ChecklistStepSerializer(WorkItemSerializer):
    """A step of a task."""

    reference = None  # type: ignore[assignment]

    class Meta:
        model = ChecklistStep
        fields = [
            "id",
            "task",
            "position",
            "text",
            "status",
            "ticked_by",
            "ticked_at",
            "created_at",
            "updated_at",
            "available_transitions",
        ]
        read_only_fields = ["task", "ticked_by", "ticked_at", "created_at", "updated_at"]
