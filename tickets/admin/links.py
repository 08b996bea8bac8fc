"""Links in the admin: all of them, and those of one item on its page."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AdminTextInputWidget
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join

from core.admin import ClosedList, LifecycleAdmin
from core.admin.person import actor_of
from core.errors import FieldError, Refused
from core.lifecycle import create, refused_by, remove
from core.models import WorkItem
from core.querysets import visible_rows
from tickets.linking import WORDS
from tickets.models import Link, LinkedItem
from tickets.serializers import SeenLinkSerializer


class LinkForm(forms.Form):
    """What an item has to do with another one, which is named by its reference."""

    kind = forms.ChoiceField(
        label="This item", choices=[(word, word.replace("_", " ")) for word in WORDS]
    )
    item = forms.CharField(
        label="Other item",
        max_length=40,
        widget=AdminTextInputWidget,
        help_text="A reference such as TCK-42 or REQ-7.",
    )

    def __init__(self, data: Any = None, *, request: HttpRequest) -> None:
        super().__init__(data)
        self.request = request

    def clean(self) -> dict[str, Any]:
        """Read as the API reads it: what one may not see is no choice."""
        if self.errors:
            return self.cleaned_data
        asked = SeenLinkSerializer(data=self.cleaned_data, context={"request": self.request})
        if asked.is_valid():
            return dict(asked.validated_data)
        for name, sentences in asked.errors.items():
            self.add_error(name if name in self.fields else None, list(map(str, sentences)))
        return self.cleaned_data


class ShowsLinks(LifecycleAdmin):
    """Gives the page of a ticket or request the read-only field `links`, and the way to a new one."""

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_link"
        view = self.admin_site.admin_view(self.link_view)
        return [path("<path:object_id>/link/", view, name=name), *super().get_urls()]

    def shortcuts(self, request: HttpRequest, item: Any) -> list[tuple[str, str]]:
        """Say what it has to do with another one."""
        others = super().shortcuts(request, item)
        if refused_by(Link.creatable, Link(), actor_of(request)):
            return others
        return [*others, ("Add link", self._url(request, "link", item.pk))]

    def link_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Ask for the other item, then link the two through the door."""
        item: Any = self.get_object(request, object_id)
        if item is None:
            return self.not_there(request, object_id)
        form = LinkForm(request.POST or None, request=request)
        if request.method == "POST" and form.is_valid() and self._linked(request, item, form):
            return HttpResponseRedirect(self._item_url(request, item))
        context = {
            **self.admin_site.each_context(request),
            "title": f"Link {item} with another item",
            "opts": self.opts,
            "item": item,
            "item_url": self._item_url(request, item),
            "form": form,
        }
        return TemplateResponse(request, "admin/tickets/link.html", context)

    def _linked(self, request: HttpRequest, item: WorkItem, form: LinkForm) -> bool:
        try:
            link = create(Link.between(item, **form.cleaned_data), actor=actor_of(request))
        except Refused as refused:
            for error in refused.errors or [FieldError("", refused.code, refused.detail)]:
                form.add_error(error.field if error.field in form.fields else None, error.message)
            return False
        messages.success(request, f"Linked: {link}.")
        return True

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
            (link.word.replace("_", " "), _way_to(link.far.label, link.other))
            for link in item.links_seen
        )
        return format_html_join("", "<div>{} {}</div>", lines) or "None."


@admin.register(Link)
class LinkAdmin(ClosedList):
    """What has to do with what: to look at, and to take away; links are made beside their items."""

    list_display = ["__str__", "source_item", "words", "target_item", "created_at"]
    list_filter = ["kind"]
    fields = ["source_item", "words", "target_item", "created_at"]
    readonly_fields = fields  # type: ignore[assignment]
    ordering = ["-pk"]
    actions = ["take_away"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return visible_rows(Link, actor_of(request)).for_display().order_by(*self.ordering)

    @admin.display(description="Item")
    def source_item(self, link: Link) -> str:
        """Of which it is said."""
        return _way_to(link.source.label, link.shown("source"))

    @admin.display(description="Kind", ordering="kind")
    def words(self, link: Link) -> str:
        return str(link.get_kind_display()).lower()

    @admin.display(description="Other item")
    def target_item(self, link: Link) -> str:
        """With which it has to do."""
        return _way_to(link.target.label, link.shown("target"))

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


def _page(label: str, key: int) -> str:
    """Where the item of this kind is."""
    return reverse(f"admin:{label.replace('.', '_')}_change", args=[key])


def _way_to(label: str, item: LinkedItem) -> str:
    address = _page(label, item.id)
    return format_html('<a href="{}">{}</a> {}', address, item.reference, item.title)
