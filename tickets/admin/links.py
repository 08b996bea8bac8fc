"""Links in the admin: all of them, and those of one item on its page."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html_join

from core.admin import ClosedList
from core.admin.person import actor_of
from core.lifecycle import remove
from core.querysets import visible_rows
from tickets.models import Link


class ShowsLinks(admin.ModelAdmin):
    """Gives the page of a ticket or request the read-only field `links`."""

    def get_object(self, request: HttpRequest, object_id: str, from_field: Any = None) -> Any:
        item = super().get_object(request, object_id, from_field)
        if item is not None:
            seen = visible_rows(Link, actor_of(request)).seen_from(item)
            item.links_seen = seen.for_display().order_by("pk")
        return item

    @admin.display(description="Links")
    def links(self, item: Any) -> str:
        """What it has to do with others, each with the way there."""
        lines = (
            (link.word.replace("_", " "), _page(link), link.other.reference, link.other.title)
            for link in item.links_seen
        )
        return format_html_join("", '<div>{} <a href="{}">{}</a> {}</div>', lines) or "None."


@admin.register(Link)
class LinkAdmin(ClosedList):
    """What has to do with what: to look at, and to take away; links are made beside their items."""

    list_display = ["__str__", "kind", "created_at"]
    list_filter = ["kind"]
    fields = ["kind", "created_at"]
    readonly_fields = fields  # type: ignore[assignment]
    ordering = ["-pk"]
    actions = ["take_away"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return visible_rows(Link, actor_of(request)).order_by(*self.ordering)

    @admin.action(description="Take selected links away", permissions=["view"])
    def take_away(self, request: HttpRequest, links: Any) -> None:
        """Both items stay; that they were linked stays in the history."""
        chosen = list(links)
        for link in chosen:
            remove(link, actor=actor_of(request))
        messages.success(request, f"{len(chosen)} links taken away.")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return actor_of(request).is_active and actor_of(request).is_agent

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _page(link: Link) -> str:
    """Where the other item is."""
    return reverse(f"admin:{link.far.label.replace('.', '_')}_change", args=[link.far.id])
