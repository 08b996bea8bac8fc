"""Templates in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from core.admin.lifecycle import LifecycleAdmin
from workflows.models import WorkflowTemplate


@admin.register(WorkflowTemplate)
class WorkflowTemplateAdmin(LifecycleAdmin):
    """What begins again and again; made of a workflow, or written here."""

    fields = [
        "status_chip",
        "project",
        "name",
        "description",
        "wip_limits",
        "tasks",
        "created_at",
        "updated_at",
    ]
    readonly_fields = ["status_chip"]
    list_display = ["name", "project", "tasks_in_all", "status_chip", "updated_at"]
    list_filter = ["status"]
    autocomplete_fields = ["project"]
    search_fields = ["name", "description"]
    ordering = ["name", "pk"]

    @admin.display(description="Tasks")
    def tasks_in_all(self, template: WorkflowTemplate) -> int:
        return len(template.tasks)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Where it belongs is settled."""
        settled = ["project"] if obj else []
        return [*settled, *super().get_readonly_fields(request, obj)]
