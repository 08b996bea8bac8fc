"""How the plan of a project is shown."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from workflows.models import Task
from workflows.serializers.tasks import PredecessorSerializer


class PlannedTaskSerializer(serializers.Serializer[Any]):
    """When a task can begin and end at the earliest, and what holds it up."""

    id = serializers.IntegerField()
    reference = serializers.CharField()
    title = serializers.CharField()
    status = serializers.ChoiceField(choices=Task.Status.choices)
    estimate_minutes = serializers.IntegerField(allow_null=True)
    starts_after_minutes = serializers.IntegerField(help_text="Of work, from now on.")
    ends_after_minutes = serializers.IntegerField()
    slack_minutes = serializers.IntegerField(
        help_text="How much later it may end before everything ends later."
    )
    blocked_by = PredecessorSerializer(many=True)


class PlanSerializer(serializers.Serializer[Any]):
    """What is left of a project, by the estimates of its unfinished tasks."""

    minutes = serializers.IntegerField(help_text="The length of the critical path.")
    critical_path = serializers.ListField(
        child=serializers.CharField(), help_text="References, from its beginning to its end."
    )
    unestimated = serializers.IntegerField(
        help_text="How many unfinished tasks have no estimate; they count as nothing."
    )
    tasks = PlannedTaskSerializer(many=True)
