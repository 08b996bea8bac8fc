"""Recurring work in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin import display
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.html import format_html_join

from core import clock
from core.admin import FirstRows, ShownInline
from discussion.admin import DiscussedAdmin
from tickets.admin.tickets import TicketForm
from tickets.models import Occurrence, Schedule
from tickets.recurrence import zone_named

AHEAD = 5


class OccurrenceInline(ShownInline):
    """What it has made, lately."""

    model = Occurrence
    formset = FirstRows
    fk_name = "schedule"
    fields = ["at", "outcome", "ticket", "work_order", "reason"]
    ordering = ["-at"]

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        return rows.select_related("schedule", "ticket", "work_order")


class ScheduleForm(TicketForm):
    """Tags are chosen as for a ticket."""


@admin.register(Schedule)
class ScheduleAdmin(DiscussedAdmin):
    """What comes again, by which rule, and when next."""

    form = ScheduleForm
    inlines = [OccurrenceInline]
    fields = [
        "status_chip",
        "title",
        "creates",
        "description",
        "category",
        "requester",
        "priority",
        "team",
        "tags",
        "site",
        "window_minutes",
        "checklist_template",
        "rule",
        "starts_on",
        "starts_at",
        "time_zone",
        "missed",
        "upcoming",
        "so_far",
        "created_by",
        "created_at",
        "updated_at",
    ]
    readonly_fields = ["status_chip", "upcoming", "so_far"]
    list_display = ["reference", "title", "status_chip", "creates", "rule", "next_at"]
    list_display_links = ["reference", "title"]
    list_filter = ["status", "creates", "missed"]
    search_fields = ["title"]
    autocomplete_fields = ["category", "requester", "team", "checklist_template"]

    @display(description="Upcoming")
    def upcoming(self, schedule: Schedule) -> str:
        """When it comes due next, in the schedule's own time zone."""
        coming = schedule.coming(clock.now(), most=AHEAD)
        if not coming:
            return "—"
        zone = zone_named(schedule.time_zone)
        shown = [(date_format(at.astimezone(zone), "D j M Y, H:i"),) for at in coming]
        return format_html_join("", "<div>{}</div>", shown)

    @display(description="So far")
    def so_far(self, schedule: Schedule) -> str:
        """How often it came due; the list below shows no more than the last of these."""
        number = schedule.occurrences.count()
        return (
            f"{number:,}; the last {FirstRows.shown} are below."
            if number > FirstRows.shown
            else f"{number}"
        )
