"""How templates are shown, what may be written, and how workflows begin from them."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema_serializer
from rest_framework import serializers

from accounts.models import User
from core.api.serializers import RelatedRecordField, StrictSerializer, WorkItemSerializer
from core.priority import Priority
from workflows.models import Project, WorkflowTemplate
from workflows.models.template_tasks import LONGEST_DELAY, MOST_TASKS
from workflows.serializers.workflows import LimitsField, WorkflowSerializer

WORD = r"^[a-z0-9][a-z0-9_-]{0,39}\Z"


class PeopleField(serializers.DictField):
    """People by their roles: `{"manager": 7}`."""

    default_error_messages = {"max_length": f"At most {MOST_TASKS} roles."}

    def __init__(self, **kwargs: Any) -> None:
        person = RelatedRecordField(model=User, queryset=User.objects)
        super().__init__(child=person, required=False, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        # Each is looked up: so many at most.
        if isinstance(data, dict) and len(data) > MOST_TASKS:
            self.fail("max_length")
        return super().to_internal_value(data)


class TemplateTaskSerializer(StrictSerializer):
    """A task of a template; the model has its rules."""

    key = serializers.RegexField(
        WORD,
        required=False,
        help_text="How `depends_on` names it; its place where nothing is said.",
    )
    title = serializers.CharField(max_length=200)
    description = serializers.CharField(required=False, allow_blank=True, max_length=10_000)
    priority = serializers.ChoiceField(choices=Priority.choices, required=False)
    estimate_minutes = serializers.IntegerField(required=False, allow_null=True, min_value=1)
    due_after_days = serializers.IntegerField(
        required=False,
        allow_null=True,
        min_value=0,
        max_value=LONGEST_DELAY,
        help_text="Days from the start; null is due on no day.",
    )
    role = serializers.RegexField(
        WORD,
        required=False,
        allow_blank=True,
        help_text="Who does it, such as `manager`: a person is named at the start.",
    )
    checklist = serializers.ListField(child=serializers.CharField(max_length=300), required=False)
    tags = serializers.ListField(child=serializers.CharField(max_length=40), required=False)
    depends_on = serializers.ListField(
        child=serializers.CharField(max_length=40),
        required=False,
        help_text="The keys of tasks that have to be done first.",
    )


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A new template",
            request_only=True,
            value={
                "project": "PRJ-42",
                "name": "On-boarding",
                "tasks": [
                    {"key": "laptop", "title": "Order a laptop", "role": "it"},
                    {
                        "title": "Set it up",
                        "role": "it",
                        "due_after_days": 5,
                        "depends_on": ["laptop"],
                    },
                ],
            },
        )
    ]
)
class WorkflowTemplateSerializer(WorkItemSerializer):
    """A workflow that begins again and again."""

    reference = None  # type: ignore[assignment]
    wip_limits = LimitsField(required=False, help_text="How many tasks a column holds at most.")
    tasks = TemplateTaskSerializer(  # type: ignore[call-arg]
        many=True, required=False, max_length=MOST_TASKS, help_text="Its tasks, in their order."
    )
    roles = serializers.ListField(
        child=serializers.CharField(), read_only=True, help_text="For whom a start names people."
    )

    class Meta:
        model = WorkflowTemplate
        fields = [
            "id",
            "project",
            "name",
            "description",
            "wip_limits",
            "tasks",
            "roles",
            "status",
            "created_at",
            "updated_at",
            "available_transitions",
        ]
        read_only_fields = ["created_at", "updated_at"]


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "With a name for a role",
            request_only=True,
            value={"name": "On-boarding", "people": {"manager": 7}},
        )
    ]
)
class SaveAsTemplateSerializer(StrictSerializer):
    """What the template of a workflow is called, and what its people are in it."""

    name = serializers.CharField(max_length=200)
    description = serializers.CharField(
        required=False, allow_blank=True, max_length=10_000, help_text="The workflow's if left out."
    )
    people = PeopleField(
        help_text="Roles of those who have tasks there; the others become `person-1` and so on."
    )


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "For somebody new",
            request_only=True,
            value={
                "project": "PRJ-42",
                "name": "On-boarding of Elif",
                "starts_on": "2026-12-01",
                "people": {"manager": 7},
            },
        )
    ]
)
class StartSerializer(StrictSerializer):
    """Where a workflow begins, when, and who does what."""

    project = RelatedRecordField(model=Project, queryset=Project.objects)
    name = serializers.CharField(
        required=False, max_length=200, help_text="The template's if left out."
    )
    starts_on = serializers.DateField(
        required=False, help_text="The day from which due days count: today if left out."
    )
    people = PeopleField(help_text="Editors or owners of the project, by the template's roles.")


class StartedSerializer(WorkflowSerializer):
    """A workflow that has just begun from a template."""

    unassigned_roles = serializers.ListField(
        child=serializers.CharField(),
        read_only=True,
        help_text="Nobody was named for them, so nobody has their tasks.",
    )

    class Meta(WorkflowSerializer.Meta):
        fields = [*WorkflowSerializer.Meta.fields, "unassigned_roles"]
