"""Work orders in the admin, with their checklists."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from core.admin import AssigneeFilter, OverdueFilter, RecordInline, StandingFilter
from core.admin.person import actor_of
from core.lifecycle import perform
from core.models import Record
from discussion.admin import DiscussedAdmin
from tickets.models import ChecklistItem, WorkOrder

TICKED = "is_ticked"


class PointForm(forms.ModelForm):
    """A point of the checklist with a box to tick."""

    is_ticked = forms.BooleanField(label="Done", required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields[TICKED].initial = self.instance.status == ChecklistItem.Status.DONE
        self.fields[TICKED].disabled = self.instance.pk is None


class ChecklistInline(RecordInline):
    """What has to be done there, point by point."""

    model = ChecklistItem
    form = PointForm
    fields = [TICKED, "text", "is_required", "ticked_by", "ticked_at", "position"]
    readonly_fields = ["ticked_by", "ticked_at"]
    ordering = ["position", "pk"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("work_order", "ticked_by")


@admin.register(WorkOrder)
class WorkOrderAdmin(DiscussedAdmin):
    """Who goes where and when; sent and followed by its buttons."""

    inlines = [ChecklistInline]
    fields = [
        "status_chip",
        "title",
        "description",
        "ticket",
        "request",
        "checklist_template",
        "site",
        "scheduled_start",
        "scheduled_end",
        "assignee",
        "reason",
        "completion_notes",
        "minutes_spent",
        "started_at",
        "completed_at",
        "created_by",
        "created_at",
        "updated_at",
    ]
    readonly_fields = ["status_chip", "started_at", "completed_at"]
    list_display = [
        "reference",
        "title",
        "status_chip",
        "is_for",
        "site",
        "assignee",
        "scheduled_start",
        "scheduled_end",
    ]
    list_display_links = ["reference", "title"]
    list_filter = [StandingFilter, AssigneeFilter, OverdueFilter]
    search_fields = ["title", "site"]
    search_help_text = "A reference such as WO-42, or words of the title or the site."
    autocomplete_fields = ["ticket", "request", "checklist_template", "assignee"]

    @admin.display(description="For")
    def is_for(self, work_order: WorkOrder) -> str:
        """The ticket or request."""
        return str(work_order.ticket or work_order.request or "—")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What it is for is settled."""
        settled = ["ticket", "request"] if obj else []
        return [*settled, *super().get_readonly_fields(request, obj)]

    def _change_row(self, request: HttpRequest, row: Record, changed: Sequence[str]) -> None:
        """The box ticks and unticks; the rest is an edit."""
        if TICKED in changed:
            is_done = row.status == ChecklistItem.Status.DONE  # type: ignore[attr-defined]
            perform(row, "untick" if is_done else "tick", actor=actor_of(request))
        if edited := [name for name in changed if name != TICKED]:
            super()._change_row(request, row, edited)
