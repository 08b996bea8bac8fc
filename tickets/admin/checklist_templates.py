"""Checklist templates in the admin: a point is a line."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.http import HttpRequest
from django.utils.html import format_html_join

from core.admin import ConfigurationAdmin
from core.admin.forms import RecordForm
from core.models import Record
from tickets.models import ChecklistTemplate

OPTIONAL = "(optional) "


class PointsField(forms.Field):
    """Points as people write a list: one in a line, and before it whether it may be left out."""

    widget = AdminTextareaWidget

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(map(_line, value)) if isinstance(value, list) else value

    def to_python(self, value: Any) -> list[dict[str, Any]]:
        return [_point(line.strip()) for line in str(value or "").splitlines() if line.strip()]

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compared as lines, so that what was only looked at stays as it is."""
        shown = self.prepare_value(initial or [])
        return self.to_python(shown) != self.to_python(data)


class ChecklistTemplateForm(RecordForm):
    """Nobody has to write JSON."""

    items = PointsField(
        required=False,
        label="Points",
        help_text="One in a line, in their order. Begin a line with (optional) if the point may be left out.",
    )


@admin.register(ChecklistTemplate)
class ChecklistTemplateAdmin(ConfigurationAdmin):
    """What always has to be done; work orders keep the points they were given."""

    form = ChecklistTemplateForm
    fields = ["name", "description", "items", "is_active", "created_at", "updated_at"]
    list_display = ["name", "points", "is_active", "updated_at"]
    list_filter = ["is_active"]
    search_fields = ["name", "description"]
    ordering = ["name", "pk"]

    def get_fields(self, request: HttpRequest, obj: Record | None = None) -> Any:
        """Whoever only looks reads the points as lines, too."""
        names = super().get_fields(request, obj)
        is_read = obj is not None and not self.has_change_permission(request, obj)
        return ["lines" if name == "items" and is_read else name for name in names]

    def get_readonly_fields(self, request: HttpRequest, obj: Record | None = None) -> Any:
        return [*super().get_readonly_fields(request, obj), "lines"]

    @admin.display(description="Points")
    def points(self, template: ChecklistTemplate) -> int:
        return len(template.items)

    @admin.display(description="Points")
    def lines(self, template: ChecklistTemplate) -> str:
        """Its points in their order."""
        return format_html_join("", "<div>{}</div>", ((_line(each),) for each in template.items))


def _line(point: dict[str, Any]) -> str:
    text = " ".join(point["text"].split())
    return text if point["required"] else f"{OPTIONAL}{text}"


def _point(line: str) -> dict[str, Any]:
    return {"text": line.removeprefix(OPTIONAL), "required": not line.startswith(OPTIONAL)}
