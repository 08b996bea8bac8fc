"""Recurring work in the admin."""

from __future__ import annotations

from itertools import islice

from django.contrib import admin
from django.contrib.admin import display
from django.utils.formats import date_format
from django.utils.html import format_html_join

from core import clock
from core.admin import ShownInline
from discussion.admin import DiscussedAdmin
from tickets.models import Occurrence, Schedule

AHEAD = 5


class OccurrenceInline(ShownInline):
    """What it has made."""

    model = Occurrence
    fk_name = "schedule"
    fields = ["at", "outcome", "ticket", "work_order", "reason"]
    ordering = ["-at"]


@admin.register(Schedule)
class ScheduleAdmin(DiscussedAdmin):
    """What comes again, by which rule, and when next."""

    inlines = [OccurrenceInline]
    fields = [
        "status_chip",
        "title",
        "creates",
        "description",
        "category",
        "requester",
        "site",
        "window_minutes",
        "checklist_template",
        "rule",
        "starts_on",
        "starts_at",
        "time_zone",
        "missed",
        "upcoming",
        "created_by",
        "created_at",
        "updated_at",
    ]
    readonly_fields = ["status_chip", "upcoming"]
    list_display = ["reference", "title", "status_chip", "creates", "rule", "next_at"]
    list_display_links = ["reference", "title"]
    list_filter = ["status", "creates", "missed"]
    search_fields = ["title"]
    autocomplete_fields = ["category", "requester", "checklist_template"]

    @display(description="Upcoming")
    def upcoming(self, schedule: Schedule) -> str:
        """When it comes due next, in the schedule's own time zone."""
        if schedule.status == Schedule.Status.ENDED:
            return "—"
        zone = schedule.recurrence.zone
        coming = islice(schedule.recurrence.after(clock.now()), AHEAD)
        shown = [(date_format(at.astimezone(zone), "D j M Y, H:i"),) for at in coming]
        return format_html_join("", "<div>{}</div>", shown)
