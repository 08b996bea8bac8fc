"""Projects in the admin, with their members and boards."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from core.admin import RecordInline, ShownInline
from discussion.admin import DiscussedAdmin
from workflows.models import Member, Project, Workflow


class MemberInline(RecordInline):
    """Who takes part, and as what."""

    model = Member
    fields = ["person", "role"]
    autocomplete_fields = ["person"]
    ordering = ["pk"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("project", "person")


class WorkflowInline(ShownInline):
    """Its boards, in their order."""

    model = Workflow
    fields = ["name", "status", "created_at"]
    ordering = ["position"]
    show_change_link = True


@admin.register(Project)
class ProjectAdmin(DiscussedAdmin):
    """What people plan together; put away and restored by its buttons."""

    inlines = [MemberInline, WorkflowInline]
    fields = [
        "status_chip",
        "name",
        "description",
        "starts_on",
        "ends_on",
        "owner",
        "completed_at",
        "archived_at",
        "created_by",
        "created_at",
        "updated_at",
    ]
    readonly_fields = ["status_chip", "completed_at", "archived_at"]
    list_display = ["reference", "name", "status_chip", "owner", "starts_on", "ends_on"]
    list_display_links = ["reference", "name"]
    list_filter = ["status"]
    search_fields = ["name", "description"]
    search_help_text = "A reference such as PRJ-42, or words of the name or the description."
