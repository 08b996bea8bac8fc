"""Tickets in the admin: the queues."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.timezone import localtime

from core import clock
from core.admin import (
    AssigneeFilter,
    OverdueFilter,
    OwnersFilter,
    ShownInline,
    StandingFilter,
    status_chip,
)
from core.admin.forms import RecordForm
from core.admin.person import actor_of
from core.lifecycle import refused_by
from core.querysets import visible_rows
from discussion.admin import DiscussedAdmin
from tickets.admin.links import ShowsLinks
from tickets.models import CannedReply, Tag, Ticket, WorkOrder

MOST_REPLIES = 50


class TicketForm(RecordForm):
    """Tags are chosen from the common vocabulary."""

    tags = forms.MultipleChoiceField(required=False, widget=forms.SelectMultiple(attrs={"size": 6}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "tags" in self.fields:
            offered = Tag.objects.filter(is_active=True).values_list("slug", flat=True)
            known = sorted({*offered, *self.instance.tags})
            self.fields["tags"].choices = [(slug, slug) for slug in known]  # type: ignore[attr-defined]


class TagFilter(admin.SimpleListFilter):
    """Tickets that have this tag."""

    title = "tag"
    parameter_name = "tag"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        slugs = Tag.objects.order_by("slug").values_list("slug", flat=True)
        return [(slug, slug) for slug in slugs]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        tag = self.value()
        return queryset.filter(tags__has_element=tag) if tag else queryset


class WorkOrderInline(ShownInline):
    """Who goes there, or went."""

    model = WorkOrder
    fields = ["place", "title", "status_chip", "assignee", "scheduled_start", "scheduled_end"]
    ordering = ["-pk"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).select_related("assignee")

    @admin.display(description="Reference")
    def place(self, work_order: WorkOrder) -> str:
        url = reverse("admin:tickets_workorder_change", args=[work_order.pk])
        return format_html('<a href="{}">{}</a>', url, work_order.reference)

    @admin.display(description="Status")
    def status_chip(self, work_order: WorkOrder) -> str:
        return status_chip(work_order)


@admin.register(Ticket)
class TicketAdmin(ShowsLinks, DiscussedAdmin):
    """The queues: what came in, whose it is, what is late; worked on by its buttons."""

    form = TicketForm
    inlines = [WorkOrderInline]
    fields = [
        "status_chip",
        "title",
        "description",
        "category",
        "tags",
        "priority",
        "requester",
        "department",
        "team",
        "assignee",
        "merged_into",
        "duplicates",
        "links",
        "sla_policy",
        "first_responded_at",
        "response_due_at",
        "due_at",
        "escalation",
        "reason",
        "resolution",
        "started_at",
        "resolved_at",
        "closed_at",
        "created_by",
        "created_at",
        "updated_at",
    ]
    readonly_fields = [
        "status_chip",
        "department",
        "duplicates",
        "links",
        "sla_policy",
        "first_responded_at",
        "response_due_at",
        "due_at",
        "escalation",
        "started_at",
        "resolved_at",
        "closed_at",
    ]
    list_display = [
        "reference",
        "title",
        "status_chip",
        "priority",
        "team",
        "assignee",
        "due",
    ]
    list_display_links = ["reference", "title"]
    list_filter = [
        StandingFilter,
        "priority",
        ("team", OwnersFilter),
        AssigneeFilter,
        OverdueFilter,
        "escalation",
        TagFilter,
    ]
    search_fields = ["title", "requester__name"]
    search_help_text = "A reference such as TCK-42, or words of the title or the requester's name."
    autocomplete_fields = ["category", "requester", "team", "assignee", "merged_into"]

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """What is not there yet has no work orders."""
        return self.inlines if obj else []

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Whom it bothers is settled."""
        settled = ["requester"] if obj else []
        return [*settled, *super().get_readonly_fields(request, obj)]

    def shortcuts(self, request: HttpRequest, item: Ticket) -> list[tuple[str, str]]:
        """Plan work for it, while it is open; link it with others at any time."""
        blank, others = WorkOrder(ticket=item), super().shortcuts(request, item)
        if not item.is_open or refused_by(WorkOrder.creatable, blank, actor_of(request)):
            return others
        add = reverse("admin:tickets_workorder_add", current_app=self.admin_site.name)
        return [("Add work order", f"{add}?{urlencode({'ticket': item.pk})}"), *others]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Whoever reports for nobody else reports for themselves."""
        return {"requester": actor_of(request).pk, **super().get_changeform_initial_data(request)}

    def replies(self, request: HttpRequest, item: Ticket) -> list[tuple[str, str]]:
        """Canned replies for all and for the ticket's team, filled in for whoever writes."""
        agent: Any = actor_of(request)
        offered = visible_rows(CannedReply, agent).filter(is_active=True)
        own = offered.filter(Q(team=None) | Q(team=item.team_id)).order_by("title", "pk")
        return [(reply.title, reply.for_ticket(item, agent=agent)) for reply in own[:MOST_REPLIES]]

    @admin.display(description="Due at", ordering="due_at")
    def due(self, ticket: Ticket) -> str:
        """When it has to be done, and whether that is over."""
        if ticket.due_at is None:
            return "—"
        moment = date_format(localtime(ticket.due_at), "DATETIME_FORMAT")
        if not ticket.is_open or ticket.due_at >= clock.now():
            return format_html('<span class="ft-moment">{}</span>', moment)
        return format_html(
            '<span class="ft-moment">{}</span> <span class="ft-status ft-status--refused">Overdue</span>',
            moment,
        )

    @admin.display(description="Duplicates")
    def duplicates(self, ticket: Ticket) -> str:
        """What was merged into it, each with the way there."""
        rows = (
            (reverse("admin:tickets_ticket_change", args=[row.id]), row.reference, row.title)
            for row in ticket.duplicates_shown
        )
        return format_html_join("", '<div><a href="{}">{}</a> {}</div>', rows) or "None."
