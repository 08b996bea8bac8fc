"""Requests and the catalogue in the admin: the queue for agents, the catalogue for admins."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from core.admin import (
    AssigneeFilter,
    ConfigurationAdmin,
    OverdueFilter,
    ShownInline,
    StandingFilter,
)
from core.admin.forms import RecordForm
from core.admin.person import actor_of
from discussion.admin import DiscussedAdmin
from requests_app.models import Category, Decision, RequestType, ServiceRequest


@admin.register(Category)
class CategoryAdmin(ConfigurationAdmin):
    """The shelves of the catalogue."""

    fields = ["name", "slug", "position", "created_at", "updated_at"]
    list_display = ["name", "slug", "position"]
    search_fields = ["name"]
    ordering = ["position", "pk"]


@admin.register(RequestType)
class RequestTypeAdmin(ConfigurationAdmin):
    """What people can ask for; open requests keep what was agreed when they were made."""

    fields = [
        "name",
        "slug",
        "category",
        "description",
        "form",
        "approvals_needed",
        "is_active",
        "workflow_template",
        "workflow_project",
        "created_at",
        "updated_at",
    ]
    list_display = ["name", "category", "approvals_needed", "is_active"]
    list_filter = ["category", "is_active"]
    list_select_related = ["category"]
    search_fields = ["name", "description"]
    autocomplete_fields = ["category", "workflow_template", "workflow_project"]
    ordering = ["category__position", "name", "pk"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Where a workflow begins may be hidden from whoever only looks."""
        names = super().get_fields(request, obj)
        private = set() if actor_of(request).is_admin else RequestType.private_fields
        return [name for name in names if name not in private]


class RequestForm(RecordForm):
    """Answers stand in one field here, so what is wrong with one of them is said there."""

    def add_error(self, field: str | None, error: Any) -> None:
        for name, messages in getattr(error, "error_dict", {None: error}).items():
            if name and name.startswith("answers."):
                answer = name.removeprefix("answers.")
                said = [f"{answer}: {text}" for each in messages for text in each.messages]
                super().add_error("answers", ValidationError(said))
            elif name:
                super().add_error(name if name in self.fields else None, ValidationError(messages))
            else:
                super().add_error(field, messages)


class WaitingForMeFilter(admin.SimpleListFilter):
    """On which whoever looks may decide and has not."""

    title = "waiting for my decision"
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("me", "Yes")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.waiting_for(request.user) if self.value() else queryset


class DecisionInline(ShownInline):
    """Who decided what; nobody rewrites it."""

    model = Decision
    fields = ["person", "outcome", "note", "decided_at"]
    ordering = ["decided_at", "pk"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("person")


@admin.register(ServiceRequest)
class ServiceRequestAdmin(DiscussedAdmin):
    """The queue: what came in, what waits, what is late; decided and worked on by its buttons."""

    form = RequestForm
    inlines = [DecisionInline]
    fields = [
        "status_chip",
        "title",
        "description",
        "request_type",
        "department",
        "priority",
        "answers",
        "requester",
        "assignee",
        "sla_policy",
        "first_responded_at",
        "response_due_at",
        "due_at",
        "escalation",
        "reason",
        "resolution",
        "its_workflow",
        "decided_at",
        "started_at",
        "completed_at",
        "created_by",
        "created_at",
        "updated_at",
    ]
    readonly_fields = [
        "status_chip",
        "its_workflow",
        "sla_policy",
        "first_responded_at",
        "response_due_at",
        "due_at",
        "escalation",
        "decided_at",
        "started_at",
        "completed_at",
    ]
    list_display = [
        "reference",
        "title",
        "status_chip",
        "priority",
        "requester",
        "assignee",
        "due_at",
    ]
    list_display_links = ["reference", "title"]
    list_filter = [
        StandingFilter,
        "priority",
        "department",
        "request_type__category",
        AssigneeFilter,
        OverdueFilter,
        WaitingForMeFilter,
    ]
    search_fields = ["title", "requester__name"]
    search_help_text = "A reference such as REQ-42, or words of the title or the requester's name."
    autocomplete_fields = ["request_type", "department", "requester", "assignee"]

    @admin.display(description="Workflow", empty_value="-")
    def its_workflow(self, item: ServiceRequest) -> str | None:
        """What began with the work, as far as whoever looks may see it."""
        shown = item.workflow_shown
        return f"{shown['reference']} {shown['title']}" if shown else None

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """What is not there yet has no decisions."""
        return self.inlines if obj else []
