"""Who heard of what, and the e-mails that tell them, in the admin: looked at, and sent again."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import display
from django.http import HttpRequest

from core import clock
from core.admin import ClosedList
from notifications.models import Mailing, Notification
from notifications.subjects import reference_of
from notifications.wording import sentence


class LookedAt(ClosedList):
    """Rows that admins look at, and nobody writes."""

    actions: list[str] = []
    ordering = ["-pk"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(request.user.is_active and request.user.is_admin)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Notification)
class NotificationAdmin(LookedAt):
    """Who heard of what, and by which way."""

    list_display = ["item", "happened", "person", "topic", "channel", "created_at", "read_at"]
    list_display_links = ["item", "happened"]
    list_filter = ["channel", "topic"]
    list_select_related = ["person", "event__actor"]
    search_fields = ["person__email__exact"]
    fields = [
        "item",
        "happened",
        "person",
        "topic",
        "channel",
        "for_agents",
        "created_at",
        "read_at",
        "cadence",
        "due_at",
        "mailing",
    ]
    readonly_fields = fields  # type: ignore[assignment]

    def get_queryset(self, request: HttpRequest) -> Any:
        """With who did it."""
        rows: Any = super().get_queryset(request)
        return rows.with_doers()

    @display(description="Item")
    def item(self, notification: Notification) -> str:
        """What it is about, by its reference."""
        return reference_of(notification.subject_type, notification.subject_id)

    @display(description="What happened")
    def happened(self, notification: Notification) -> str:
        """In a sentence."""
        return sentence(notification)


class StateFilter(admin.SimpleListFilter):
    """What became of an e-mail."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(state, state.capitalize()) for state in ("waiting", "sent", "failed", "dropped")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.in_state(self.value()) if self.value() else queryset


@admin.register(Mailing)
class MailingAdmin(LookedAt):
    """E-mails that tell people of what happened; what failed is sent again from here."""

    list_display = ["number", "person", "about", "state", "attempts", "due_at", "sent_at"]
    list_filter = [StateFilter]
    list_select_related = ["person"]
    search_fields = ["person__email__exact"]
    fields = [
        "person",
        "about",
        "state",
        "attempts",
        "created_at",
        "due_at",
        "sent_at",
        "dropped_at",
        "error",
    ]
    readonly_fields = fields  # type: ignore[assignment]
    actions = ["retry"]

    @admin.action(description="Send selected e-mails again that failed", permissions=["view"])
    def retry(self, request: HttpRequest, mailings: Any) -> None:
        """As if it had never been tried."""
        chosen = Mailing.objects.filter(pk__in=list(mailings.values_list("pk", flat=True)))
        again = chosen.in_state("failed").update(attempts=0, due_at=clock.now())
        messages.success(request, f"{again} e-mails are sent again.")

    @display(description="E-mail", ordering="pk")
    def number(self, mailing: Mailing) -> str:
        """Its number, which stands in its Message-ID."""
        return f"E-mail {mailing.pk}"

    @display(description="About")
    def about(self, mailing: Mailing) -> str:
        """The item, or several."""
        if mailing.subject_id is None:
            return "Several"
        return reference_of(mailing.subject_type, mailing.subject_id)
