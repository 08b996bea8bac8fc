"""How people, devices and reference data are shown, and what may be written."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from accounts.models import Department, Session, Substitution, Team, User
from core.api.serializers import RecordSerializer, StrictSerializer, WorkItemSerializer

PASSWORD_LENGTH = 1024


class PasswordField(serializers.CharField):
    """A password exactly as typed: blanks count, and it is never shown."""

    def __init__(self, **kwargs: Any) -> None:
        given = {"write_only": True, "trim_whitespace": False, "max_length": PASSWORD_LENGTH}
        super().__init__(**{**given, **kwargs})


class PersonSerializer(serializers.Serializer[Any]):
    """A person as others mention them."""

    id = serializers.IntegerField()
    name = serializers.CharField()


class PeopleField(serializers.ListField):
    """People that came with the row, by name."""

    child = PersonSerializer()

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, data: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return sorted(data, key=lambda person: (person["name"], person["id"]))


class MeSerializer(RecordSerializer):
    """One's own account. A new e-mail address asks for the current password."""

    permissions = serializers.SerializerMethodField(
        help_text="`ask` for things, `approve` requests, `work` on the queues, `administer` FlowTrack."
    )
    current_password = PasswordField(required=False)

    class Meta:
        model = User
        fields = ["id", "email", "name", "role", "department", "permissions", "current_password"]
        read_only_fields = ["role", "department"]
        # Whether an address is taken is told to those who have given their password.
        extra_kwargs: dict[str, Any] = {"email": {"validators": []}}

    def get_permissions(self, user: User) -> list[str]:
        held = {
            "ask": True,
            "approve": bool(user.decides_for()),
            "work": user.is_agent,
            "administer": user.is_admin,
        }
        return [name for name, is_held in held.items() if is_held]


class RegistrationSerializer(RecordSerializer):
    """What a newcomer says about themselves."""

    password = PasswordField()

    class Meta:
        model = User
        fields = ["email", "password", "name"]


class LoginSerializer(StrictSerializer):
    """Who one is, and how the tokens should travel."""

    email = serializers.CharField(max_length=254)
    password = PasswordField()
    cookies = serializers.BooleanField(
        default=False, help_text="Put the tokens into HttpOnly cookies instead of the answer."
    )


class RefreshSerializer(StrictSerializer):
    """The refresh token, unless it comes as a cookie."""

    refresh = serializers.CharField(required=False, max_length=1024)


class TokensSerializer(serializers.Serializer[Any]):
    """Either both tokens, or, when they travel as cookies, the token for `X-CSRFToken`."""

    access = serializers.CharField(required=False)
    refresh = serializers.CharField(required=False)
    csrf_token = serializers.CharField(required=False)


class SignedInSerializer(TokensSerializer):
    """The tokens, and who signed in."""

    user = MeSerializer()


class PasswordChangeSerializer(StrictSerializer):
    """The password that is, and the one that replaces it."""

    current_password = PasswordField()
    new_password = PasswordField()


class ResetSerializer(StrictSerializer):
    """Whose password is forgotten."""

    email = serializers.EmailField(max_length=254)


class ResetConfirmationSerializer(StrictSerializer):
    """The token from the mail, and the new password."""

    token = serializers.CharField(max_length=200)
    new_password = PasswordField()


class SessionSerializer(serializers.ModelSerializer[Session]):
    """A signed-in device."""

    current = serializers.SerializerMethodField(help_text="Whether this request came by it.")

    class Meta:
        model = Session
        fields = [
            "id",
            "way",
            "created_at",
            "last_used_at",
            "expires_at",
            "user_agent",
            "address",
            "current",
        ]
        read_only_fields = fields

    def get_current(self, session: Session) -> bool:
        return bool(session.pk == self.context["request"].auth.pk)


class UserSerializer(WorkItemSerializer):
    """An account, as admins see it."""

    class Meta:
        model = User
        fields = [
            "id",
            "email",
            "name",
            "role",
            "department",
            "status",
            "created_at",
            "updated_at",
            "available_transitions",
        ]
        read_only_fields = ["email", "created_at", "updated_at"]


class NewUserSerializer(UserSerializer):
    """A new account; its owner gets a mail with a link to choose a password."""

    class Meta(UserSerializer.Meta):
        read_only_fields = ["created_at", "updated_at"]


class DepartmentSerializer(RecordSerializer):
    """A department, and who decides on its requests."""

    approvers = PeopleField(source="approver_people")

    class Meta:
        model = Department
        fields = ["id", "name", "slug", "approvers"]
        read_only_fields = fields


class TeamSerializer(RecordSerializer):
    """A team and its members."""

    members = PeopleField(source="member_people")

    class Meta:
        model = Team
        fields = ["id", "name", "members"]
        read_only_fields = fields


class SubstitutionSerializer(RecordSerializer):
    """Who decides in whose place; both days are included. Without `approver` it is the caller."""

    class Meta:
        model = Substitution
        fields = ["id", "approver", "substitute", "starts_on", "ends_on", "created_at"]
        read_only_fields = ["created_at"]
        extra_kwargs: dict[str, Any] = {"approver": {"required": False}}
