"""Tasks in the admin, with their checklists and what they wait for."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from core.admin import AssigneeFilter, OverdueFilter, ShownInline
from discussion.admin import DiscussedAdmin
from workflows.models import ChecklistStep, Dependency, Task


class StepInline(ShownInline):
    """Its steps, in their order."""

    model = ChecklistStep
    fields = ["text", "status", "ticked_at"]
    ordering = ["position", "pk"]


class DependencyInline(ShownInline):
    """What has to be done before it."""

    model = Dependency
    fk_name = "task"
    fields = ["depends_on", "created_at"]
    ordering = ["pk"]


@admin.register(Task)
class TaskAdmin(DiscussedAdmin):
    """What is to be done, and by whom."""

    inlines = [StepInline, DependencyInline]
    fields = [
        "status_chip",
        "workflow",
        "title",
        "description",
        "priority",
        "assignee",
        "due_on",
        "estimate_minutes",
        "tags",
        "reason",
        "started_at",
        "finished_at",
        "created_by",
        "created_at",
        "updated_at",
    ]
    readonly_fields = ["status_chip", "started_at", "finished_at"]
    list_display = [
        "reference",
        "title",
        "status_chip",
        "priority",
        "workflow",
        "assignee",
        "due_on",
    ]
    list_display_links = ["reference", "title"]
    list_filter = ["status", "priority", AssigneeFilter, OverdueFilter]
    search_fields = ["title", "description"]
    search_help_text = "A reference such as TSK-42, or words of the title or the description."
    autocomplete_fields = ["workflow", "assignee"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Where it belongs is settled here; it is moved on its board."""
        settled = ["workflow"] if obj else []
        return [*settled, *super().get_readonly_fields(request, obj)]
