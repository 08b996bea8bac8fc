"""Accounts in the admin: people, where they belong, who decides, and who is signed in."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import Group  # type: ignore[attr-defined] # it registers them
from django.http import HttpRequest

from accounts.models import (
    AccountMail,
    Approver,
    Department,
    Session,
    Substitution,
    Team,
    TeamMember,
    User,
)
from core.admin import ClosedList, ConfigurationAdmin, ConfigurationInline, LifecycleAdmin
from core.models import Record

# What one may do follows from the role alone: groups would promise what they do not keep.
admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(LifecycleAdmin):
    """Admins work here; whoever needs a new password gets a mail and chooses it alone."""

    fields = ["name", "email", "role", "department", "status", "created_at", "updated_at"]
    list_display = ["name", "email", "role", "department", "status_chip"]
    list_filter = ["role", "status", "department"]
    search_fields = ["name", "email"]
    ordering = ["name", "pk"]
    autocomplete_fields = ["department"]
    actions = ["send_password_reset", "sign_out_everywhere"]

    @admin.action(description="Send a mail to choose a new password", permissions=["manage"])
    def send_password_reset(self, request: HttpRequest, users: Any) -> None:
        """The mail of the "forgot password" page, to those who can sign in."""
        chosen = [user for user in users if user.is_active]
        for user in chosen:
            AccountMail.objects.create(user=user, kind=AccountMail.Kind.PASSWORD_RESET)
        messages.success(request, f"{len(chosen)} will get a mail with a link.")

    @admin.action(description="Sign out everywhere", permissions=["manage"])
    def sign_out_everywhere(self, request: HttpRequest, users: Any) -> None:
        """End every session of these people."""
        ended = Session.objects.filter(user__in=list(users)).end(Session.EndReason.REVOKED)
        messages.success(request, f"{ended} sessions ended.")

    def get_readonly_fields(self, request: HttpRequest, obj: Record | None = None) -> Any:
        """One's own e-mail is changed where the password is asked for."""
        locked = super().get_readonly_fields(request, obj)
        return [*locked, "email"] if obj and obj.pk == request.user.pk else locked

    def has_change_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        may_edit = super().has_change_permission(request, obj)
        return may_edit and (obj is None or self.has_manage_permission(request))

    def has_manage_permission(self, request: HttpRequest) -> bool:
        return bool(request.user.is_admin)  # type: ignore[union-attr]


class ApproverInline(ConfigurationInline):
    """Who decides on the department's requests."""

    model = Approver
    fields = ["user"]
    autocomplete_fields = ["user"]


@admin.register(Department)
class DepartmentAdmin(ConfigurationAdmin):
    """Departments and their approvers."""

    fields = ["name", "slug"]
    list_display = ["name", "slug"]
    search_fields = ["name"]
    ordering = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [ApproverInline]


class TeamMemberInline(ConfigurationInline):
    """Who belongs to the team."""

    model = TeamMember
    fields = ["user"]
    autocomplete_fields = ["user"]


@admin.register(Team)
class TeamAdmin(ConfigurationAdmin):
    """Teams and their members."""

    fields = ["name"]
    list_display = ["name"]
    search_fields = ["name"]
    ordering = ["name"]
    inlines = [TeamMemberInline]


@admin.register(Substitution)
class SubstitutionAdmin(ConfigurationAdmin):
    """Who decides in an approver's place, and when."""

    fields = ["approver", "substitute", "starts_on", "ends_on"]
    list_display = ["approver", "substitute", "starts_on", "ends_on"]
    ordering = ["-starts_on", "pk"]
    autocomplete_fields = ["approver", "substitute"]


@admin.register(Session)
class SessionAdmin(ClosedList):
    """Who is signed in where: to look at, and to end."""

    list_display = [
        "user",
        "way",
        "address",
        "last_used_at",
        "expires_at",
        "ended_at",
        "end_reason",
    ]
    list_filter = ["way", "end_reason"]
    list_select_related = ["user"]
    search_fields = ["user__email__exact"]
    fields = [
        "user",
        "way",
        "user_agent",
        "address",
        "created_at",
        "last_used_at",
        "expires_at",
        "ended_at",
        "end_reason",
    ]
    readonly_fields = fields  # type: ignore[assignment]
    ordering = ["-last_used_at", "pk"]
    actions = ["end"]

    @admin.action(description="End selected sessions", permissions=["view"])
    def end(self, request: HttpRequest, sessions: Any) -> None:
        """Their next request is refused."""
        chosen = Session.objects.filter(pk__in=list(sessions.values_list("pk", flat=True)))
        messages.success(request, f"{chosen.end(Session.EndReason.REVOKED)} sessions ended.")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Session | None = None) -> bool:
        return bool(request.user.is_active and request.user.is_admin)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Session | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Session | None = None) -> bool:
        return False
