"""Background work in the admin: looked at, cancelled and tried again."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin import display
from django.http import HttpRequest
from django.utils.html import format_html
from django_tasks_db.models import DBTaskResult

from core.admin import FirstRows, LifecycleAdmin, ShownInline
from core.admin.person import actor_of
from jobs.models import Job, Line

admin.site.unregister(DBTaskResult)  # what an engine carries tells nobody anything


class FirstLines(FirstRows):
    """A log may be long."""

    shown = 200


class LineInline(ShownInline):
    """What it said."""

    model = Line
    formset = FirstLines
    verbose_name_plural = "log"
    fields = ["at", "attempt", "level", "text"]
    ordering = ["pk"]

    def get_queryset(self, request: HttpRequest) -> Any:
        rows = super().get_queryset(request)
        if actor_of(request).is_admin:
            return rows
        return rows.exclude(level=Line.Level.DETAIL)


@admin.register(Job)
class JobAdmin(LifecycleAdmin):
    """What goes on behind requests."""

    is_written_here = False
    inlines = [LineInline]
    fields = [
        "status_chip",
        "title",
        "kind",
        "owner",
        "arguments",
        "parent",
        "progress",
        "attempt",
        "due_at",
        "started_at",
        "finished_at",
        "result",
        "error",
        "request_id",
        "created_by",
        "created_at",
        "updated_at",
    ]
    readonly_fields = ["status_chip", "progress"]
    list_display = ["reference", "title", "status_chip", "progress", "owner", "created_at"]
    list_display_links = ["reference", "title"]
    list_filter = ["status", "kind"]
    search_fields = ["title", "kind"]

    @display(description="Progress")
    def progress(self, job: Job) -> str:
        """A bar where it is known how much there is to do, else how much is done."""
        run = job.run
        if run.percent is None:
            return f"{run.done:,} {run.message}".strip() if run.done else "—"
        return format_html(
            '<progress class="ft-progress" max="100" value="{}">{}%</progress> {}',
            run.percent,
            run.percent,
            run.message or f"{run.done:,} of {run.total:,}",
        )
