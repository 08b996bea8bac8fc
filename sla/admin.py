"""Calendars and policies in the admin, with what an edit would change before it is saved."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from core.admin import ConfigurationAdmin
from core.admin.person import actor_of
from core.models import Record
from sla.models import Calendar, CalendarVersion, Policy, PolicyVersion
from sla.repercussions import foreseen

MOST_SHOWN = 200
PREVIEW = "_preview"


class VersionInline(admin.TabularInline):
    """What it said from when on; nobody rewrites it."""

    ordering = ["-number"]
    extra = 0
    verbose_name_plural = "versions"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(actor_of(request).is_agent)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class VersionedAdmin(ConfigurationAdmin):
    """An edit concerns open items: they are listed before, and brought up to date with it."""

    change_form_template = "admin/sla/change_form.html"

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """What is not there yet has said nothing."""
        return self.inlines if obj else []

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        if request.method == "POST" and object_id and PREVIEW in request.POST:
            preview = self._preview(request, self.get_object(request, object_id))
            if preview is not None:
                return preview
        return super().changeform_view(request, object_id, form_url, extra_context)

    def _preview(self, request: HttpRequest, record: Any) -> HttpResponse | None:
        """The page that lists what saving would change; None where saving would be refused."""
        if record is None or not self.has_change_permission(request, record):
            return None
        form = self.get_form(request, record, change=True)(request.POST, instance=record)
        if not form.is_valid():
            return None
        found = list(islice(foreseen(form.save(commit=False)), MOST_SHOWN + 1))
        context = {
            **self.admin_site.each_context(request),
            "title": f"What changes with {record}",
            "opts": self.opts,
            "item": record,
            "differences": found[:MOST_SHOWN],
            "there_are_more": len(found) > MOST_SHOWN,
            "sent": [
                (name, value)
                for name, values in request.POST.lists()
                for value in values
                if name not in (PREVIEW, "csrfmiddlewaretoken")
            ],
        }
        return TemplateResponse(request, "admin/sla/preview.html", context)


class CalendarVersionInline(VersionInline):
    """What a calendar said."""

    model = CalendarVersion
    fields = ["number", "valid_from", "time_zone", "hours", "holidays"]


@admin.register(Calendar)
class CalendarAdmin(VersionedAdmin):
    """When people work."""

    inlines = [CalendarVersionInline]
    fields = ["name", "time_zone", "hours", "holidays", "created_at", "updated_at"]
    list_display = ["name", "time_zone"]
    search_fields = ["name", "time_zone"]
    ordering = ["name", "pk"]


class PolicyVersionInline(VersionInline):
    """What a policy promised."""

    model = PolicyVersion
    fields = [
        "number",
        "valid_from",
        "calendar",
        "response_minutes",
        "resolution_minutes",
        "waits_in",
    ]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("calendar")


@admin.register(Policy)
class PolicyAdmin(VersionedAdmin):
    """What is promised for what; of those that fit an item, the first one wins."""

    inlines = [PolicyVersionInline]
    fields = [
        "name",
        "position",
        "is_active",
        "applies_to",
        "request_type",
        "category",
        "priority",
        "department",
        "calendar",
        "response_minutes",
        "resolution_minutes",
        "waits_in",
        "created_at",
        "updated_at",
    ]
    list_display = [
        "position",
        "name",
        "applies_to",
        "priority",
        "calendar",
        "response_minutes",
        "resolution_minutes",
        "is_active",
    ]
    list_display_links = ["name"]
    list_filter = ["applies_to", "is_active", "calendar"]
    search_fields = ["name"]
    autocomplete_fields = ["request_type", "category", "department", "calendar"]
    ordering = ["position", "pk"]

    def get_readonly_fields(self, request: HttpRequest, obj: Record | None = None) -> Any:
        """To what it applies is settled when it is made."""
        locked = super().get_readonly_fields(request, obj)
        return [*locked, "applies_to"] if obj else locked
