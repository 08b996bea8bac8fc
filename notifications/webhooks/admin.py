"""Webhooks in the admin: set up, tried, watched, and replayed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin import display
from django.http import HttpRequest

from core.admin import ClosedList, LifecycleAdmin
from core.admin.forms import RecordForm
from core.admin.person import actor_of
from core.errors import Refused
from core.lifecycle import Declared
from core.models import Record
from notifications.models import Delivery, WebhookEndpoint
from notifications.webhooks import catalogue
from notifications.webhooks.replaying import replay
from notifications.webhooks.upkeep import failing_since

SHOWN_ONCE = "The secret of {}, shown this once: {}"


def _types() -> list[tuple[str, str]]:
    every = (catalogue.EVERYTHING, "* (everything that happens)")
    return [every, *((name, name) for name in sorted(catalogue.event_types()))]


def _kinds() -> list[tuple[str, str]]:
    return [(name, name) for name in catalogue.kinds()]


class EndpointForm(RecordForm):
    """Types and kinds are chosen from what there is."""

    event_types = forms.MultipleChoiceField(
        choices=_types, widget=forms.SelectMultiple(attrs={"size": 12})
    )
    kinds = forms.MultipleChoiceField(
        choices=_kinds,
        required=False,
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text="None chosen: of all kinds.",
    )


class AdminsOnlyMixin:
    """What leaves the house is the admins' business: agents do not see these pages."""

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return actor_of(request).is_active and actor_of(request).is_admin


@admin.register(WebhookEndpoint)
class WebhookEndpointAdmin(AdminsOnlyMixin, LifecycleAdmin):
    """Who is told of what, and whether it arrives."""

    form = EndpointForm
    fields = [
        "status_chip",
        "description",
        "url",
        "account",
        "event_types",
        "kinds",
        "failing",
        "waiting",
        "previous_until",
        "created_at",
        "updated_at",
    ]
    readonly_fields = ["status_chip", "failing", "waiting", "previous_until"]
    list_display = ["description", "status_chip", "account", "created_at"]
    list_filter = ["status"]
    search_fields = ["description"]
    autocomplete_fields = ["account"]

    @display(description="Failing since")
    def failing(self, endpoint: WebhookEndpoint) -> Any:
        """Since when nothing arrives."""
        return failing_since(endpoint)

    @display(description="Still to send")
    def waiting(self, endpoint: WebhookEndpoint) -> int:
        """How many deliveries wait."""
        return endpoint.deliveries.all().pending().count()

    def shortcuts(self, request: HttpRequest, item: Any) -> list[tuple[str, str]]:
        """To what was sent there."""
        return [("Deliveries", f"../../../delivery/?endpoint__id__exact={item.pk}")]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if not change:
            messages.warning(request, SHOWN_ONCE.format(obj, obj.secret))

    def _move(self, request: HttpRequest, item: Any, transition: Declared, form: Any) -> Any:
        moved = super()._move(request, item, transition, form)
        if transition.name == "rotate":
            messages.warning(request, SHOWN_ONCE.format(moved, moved.secret))
        return moved


@admin.register(Delivery)
class DeliveryAdmin(AdminsOnlyMixin, ClosedList):
    """What was sent where, what answered, and what was given up."""

    list_display = [
        "message_id",
        "endpoint",
        "event_type",
        "state",
        "attempts",
        "status_code",
        "duration_ms",
        "created_at",
    ]
    list_filter = ["state", "endpoint"]
    list_select_related = ["endpoint"]
    search_fields = ["message_id__exact"]
    fields = [
        *("message_id", "endpoint", "event_type", "state", "attempts", "next_at"),
        *("status_code", "duration_ms", "answer", "problem", "body"),
        *("created_at", "attempted_at", "finished_at"),
    ]
    readonly_fields = fields  # type: ignore[assignment]
    ordering = ["-pk"]
    actions = ["replay"]

    @admin.action(description="Send selected again", permissions=["view"])
    def replay(self, request: HttpRequest, deliveries: Any) -> None:
        """Those that were given up, from the start."""
        again = sum(_replayed(each) for each in deliveries)
        messages.success(request, f"{again} will be sent again.")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        return False


def _replayed(delivery: Delivery) -> bool:
    try:
        replay(delivery)
    except Refused:
        return False
    return True
