"""Requests and the catalogue in the admin: the queue for agents, the catalogue for admins."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from core import clock, references
from core.admin import ConfigurationAdmin, LifecycleAdmin
from core.admin.forms import RecordForm
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
    """What people can ask for; open requests keep what was true when they were made."""

    fields = [
        "name",
        "slug",
        "category",
        "description",
        "form",
        "approvals_needed",
        "target_hours",
        "is_active",
        "created_at",
        "updated_at",
    ]
    list_display = ["name", "category", "approvals_needed", "target_hours", "is_active"]
    list_filter = ["category", "is_active"]
    list_select_related = ["category"]
    search_fields = ["name", "description"]
    autocomplete_fields = ["category"]
    ordering = ["category__position", "name", "pk"]


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


class OverdueFilter(admin.SimpleListFilter):
    """Open past its due date."""

    title = "overdue"
    parameter_name = "overdue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Yes")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.overdue(at=clock.now()) if self.value() else queryset


class AssigneeFilter(admin.SimpleListFilter):
    """Whose work it is, as far as that matters to whoever looks."""

    title = "assignee"
    parameter_name = "assignee"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("me", "Me"), ("none", "Nobody")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "me":
            return queryset.filter(assignee=request.user.pk)
        return queryset.filter(assignee=None) if self.value() == "none" else queryset


class WaitingForMeFilter(admin.SimpleListFilter):
    """On which whoever looks may decide and has not."""

    title = "waiting for my decision"
    parameter_name = "waiting"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("me", "Yes")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.waiting_for(request.user) if self.value() else queryset


class DecisionInline(admin.TabularInline):
    """Who decided what; nobody rewrites it."""

    model = Decision
    fields = ["person", "outcome", "note", "decided_at"]
    readonly_fields = ["person", "outcome", "note", "decided_at"]
    ordering = ["decided_at", "pk"]
    extra = 0

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("person")

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_agent)  # type: ignore[union-attr]

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(ServiceRequest)
class ServiceRequestAdmin(LifecycleAdmin):
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
        "due_at",
        "reason",
        "resolution",
        "decided_at",
        "started_at",
        "completed_at",
        "created_by",
        "created_at",
        "updated_at",
    ]
    readonly_fields = ["status_chip", "due_at", "decided_at", "started_at", "completed_at"]
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
        "status",
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

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """What is not there yet has no decisions."""
        return self.inlines if obj else []

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """A reference finds its request by the primary key; words are looked for in titles."""
        key = references.parse(ServiceRequest, search_term.strip())
        if key is not None:
            return queryset.filter(pk=key), False
        return super().get_search_results(request, queryset, search_term)
