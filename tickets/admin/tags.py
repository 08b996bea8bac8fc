"""Tags in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from core.admin import RecordAdmin
from core.models import Record
from tickets.models import Tag


@admin.register(Tag)
class TagAdmin(RecordAdmin):
    """The common vocabulary."""

    fields = ["slug", "description", "is_active", "created_at", "updated_at"]
    list_display = ["slug", "description", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["slug", "description"]
    ordering = ["slug", "pk"]

    def get_readonly_fields(self, request: HttpRequest, obj: Record | None = None) -> Any:
        """Tickets name it by its slug."""
        settled = ["slug"] if obj else []
        return [*settled, *super().get_readonly_fields(request, obj)]
