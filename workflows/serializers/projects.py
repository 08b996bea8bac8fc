"""How projects and those who take part are shown, and what may be written."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from core.api.serializers import (
    RecordSerializer,
    StrictSerializer,
    WorkItemSerializer,
    actor_of,
)
from workflows.models import Invitation, Member, Project
from workflows.states import Role


@extend_schema_serializer(
    examples=[OpenApiExample("A new project", request_only=True, value={"name": "New office"})]
)
class ProjectSerializer(WorkItemSerializer):
    """What people plan together."""

    role = serializers.SerializerMethodField(
        help_text="What the caller is in it; null for admins who take no part."
    )

    class Meta:
        model = Project
        fields = [
            "id",
            "reference",
            "name",
            "description",
            "starts_on",
            "ends_on",
            "owner",
            "role",
            "status",
            "completed_at",
            "archived_at",
            "created_at",
            "updated_at",
            "created_by",
            "available_transitions",
        ]
        read_only_fields = [
            "completed_at",
            "archived_at",
            "created_at",
            "updated_at",
            "created_by",
        ]

    @extend_schema_field(serializers.ChoiceField(choices=Role.choices, allow_null=True))
    def get_role(self, project: Project) -> str | None:
        return project.role_of(actor_of(self.context))


@extend_schema_serializer(
    examples=[
        OpenApiExample("A new member", request_only=True, value={"person": 7, "role": "editor"})
    ]
)
class MemberSerializer(RecordSerializer):
    """Somebody who takes part in a project."""

    class Meta:
        model = Member
        fields = ["id", "project", "person", "role", "created_at", "updated_at"]
        read_only_fields = ["project", "created_at", "updated_at"]


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "A new invitation",
            request_only=True,
            value={"email": "carl@example.org", "role": "viewer"},
        )
    ]
)
class InvitationSerializer(WorkItemSerializer):
    """Somebody who is asked by e-mail to take part."""

    reference = None  # type: ignore[assignment]

    class Meta:
        model = Invitation
        fields = [
            "id",
            "project",
            "email",
            "role",
            "status",
            "expires_at",
            "created_at",
            "updated_at",
            "created_by",
            "available_transitions",
        ]
        read_only_fields = ["project", "expires_at", "created_at", "updated_at", "created_by"]


class JoinSerializer(StrictSerializer):
    """The code of an invitation's letter."""

    token = serializers.CharField(max_length=200)
