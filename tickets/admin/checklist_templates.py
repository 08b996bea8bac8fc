"""Checklist templates in the admin."""

from __future__ import annotations

from django.contrib import admin

from core.admin import ConfigurationAdmin
from tickets.models import ChecklistTemplate


@admin.register(ChecklistTemplate)
class ChecklistTemplateAdmin(ConfigurationAdmin):
    """What always has to be done; work orders keep the points they were given."""

    fields = ["name", "description", "items", "is_active", "created_at", "updated_at"]
    list_display = ["name", "points", "is_active", "updated_at"]
    list_filter = ["is_active"]
    search_fields = ["name", "description"]
    ordering = ["name", "pk"]

    @admin.display(description="Points")
    def points(self, template: ChecklistTemplate) -> int:
        return len(template.items)
