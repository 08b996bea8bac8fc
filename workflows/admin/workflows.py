"""Workflows in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.http import HttpRequest

from discussion.admin import DiscussedAdmin
from workflows.models import Workflow


@admin.register(Workflow)
class WorkflowAdmin(DiscussedAdmin):
    """Boards of tasks; begun in the project that they belong to."""

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
    readonly_fields = ["status_chip", "project"]
    list_display = ["reference", "name", "status_chip", "project", "created_at"]
    list_display_links = ["reference", "name"]
    list_filter = ["status"]
    search_fields = ["name", "description"]
    search_help_text = "A reference such as WF-42, or words of the name or the description."

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False
