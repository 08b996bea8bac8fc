"""Workflows in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from discussion.admin import DiscussedAdmin
from workflows.models import Workflow


@admin.register(Workflow)
class WorkflowAdmin(DiscussedAdmin):
    """Boards of tasks."""

    fields = [
        "status_chip",
        "project",
        "name",
        "description",
        "wip_limits",
        "reason",
        "created_by",
        "created_at",
        "updated_at",
    ]
    readonly_fields = ["status_chip"]
    list_display = ["reference", "name", "status_chip", "project", "created_at"]
    list_display_links = ["reference", "name"]
    list_filter = ["status"]
    autocomplete_fields = ["project"]
    search_fields = ["name", "description"]
    search_help_text = "A reference such as WF-42, or words of the name or the description."

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Where it belongs is settled."""
        settled = ["project"] if obj else []
        return [*settled, *super().get_readonly_fields(request, obj)]
