"""Buttons, forms and bulk actions of the admin, derived from a model's lifecycle."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.admin import display
from django.contrib.admin.templatetags.admin_urls import add_preserved_filters
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.html import format_html

from core import references
from core.admin.forms import transition_form
from core.admin.person import actor_of
from core.admin.records import RecordAdmin
from core.errors import FieldError, Refused
from core.lifecycle import Declared, offered, perform, transitions
from core.lifecycle.options import refusal
from core.models import Record, WorkItem

MOST_AT_ONCE = 200


def status_chip(item: Any) -> str:
    """Glyph, word and colour of an item's status."""
    tone = getattr(item, "tones", {}).get(item.status, "neutral")
    return format_html(
        '<span class="ft-status ft-status--{}">{}</span>', tone, item.get_status_display()
    )


class LifecycleAdmin(RecordAdmin):
    """Staff move items here exactly as the declaration allows; the status is only shown."""

    def get_urls(self) -> list[Any]:
        name = f"{self.opts.app_label}_{self.opts.model_name}_transition"
        view = self.admin_site.admin_view(self.transition_view)
        own = path("<path:object_id>/transition/<slug:transition>/", view, name=name)
        return [own, *super().get_urls()]

    @display(description="Status", ordering="status")
    def status_chip(self, item: Any) -> str:
        """Where the item stands."""
        return status_chip(item)

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        item = context.get("original")
        if item is not None:
            options = transitions(item, actor_of(request))
            context["buttons"] = [
                (option, self._transition_url(request, item, option.transition))
                for option in options
            ]
        if isinstance(item, WorkItem):
            context["title"], context["subtitle"] = f"{item} {item.title}", None
        return super().render_change_form(request, context, *args, **kwargs)

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """A reference finds its item by the primary key; words are looked for in the fields."""
        found = references.parse(self.model, search_term.strip())
        if found is not None and issubclass(self.model, WorkItem):
            return queryset.filter(pk=found), False
        return super().get_search_results(request, queryset, search_term)

    def transition_view(
        self, request: HttpRequest, object_id: str, transition: str
    ) -> HttpResponse:
        """Ask for the transition's inputs, then run it through the one door."""
        item = self.get_object(request, object_id)
        found = offered(self.model).get(transition)
        if item is None:
            return self.not_there(request, object_id)
        if found is None:
            raise Http404
        if refused := refusal(item, found, actor_of(request)):
            messages.error(request, f"{item}: {refused.detail}")
            return HttpResponseRedirect(self._item_url(request, item))
        form = transition_form(self, found, request)(request.POST or None)
        if request.method == "POST" and form.is_valid() and self._moved(request, item, found, form):
            return HttpResponseRedirect(self._item_url(request, item))
        return self._transition_page(request, found, form, item=item)

    def _moved(self, request: HttpRequest, item: Record, transition: Declared, form: Any) -> bool:
        try:
            moved = self._move(request, item, transition, form)
        except Refused as refused:
            _show(form, refused)
            return False
        now = moved.get_status_display().lower()
        messages.success(request, f"{item}: {transition.label} — now {now}.")
        return True

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """One bulk action for each transition, beside the admin's own."""
        actions = super().get_actions(request)
        for transition in offered(self.model).values():
            run: Callable[..., Any] = partial(_many, transition=transition)
            actions[transition.name] = (run, transition.name, f"{transition.label} selected")
        return actions

    def perform_on_many(
        self, request: HttpRequest, items: Any, transition: Declared
    ) -> HttpResponse | None:
        """The form first; then each item in its own transaction, with its own result."""
        chosen = list(items[: MOST_AT_ONCE + 1])
        if len(chosen) > MOST_AT_ONCE:
            messages.error(request, f"Choose at most {MOST_AT_ONCE} at once.")
            return None
        data = request.POST if "confirmed" in request.POST else None
        form = transition_form(self, transition, request)(data)
        if data is None or not form.is_valid():
            return self._transition_page(request, transition, form, items=chosen)
        moved = [self._try(request, item, transition, form) for item in chosen]
        if any(moved):
            messages.success(request, f"{transition.label}: {sum(moved)} of {len(moved)}.")
        return None

    def _try(self, request: HttpRequest, item: Record, transition: Declared, form: Any) -> bool:
        try:
            self._move(request, item, transition, form)
        except Refused as refused:
            messages.warning(request, f"{item}: {refused.detail}")
            return False
        return True

    def _move(self, request: HttpRequest, item: Any, transition: Declared, form: Any) -> Any:
        return perform(item, transition.name, actor=actor_of(request), **form.inputs())

    def _transition_page(
        self,
        request: HttpRequest,
        transition: Declared,
        form: Any,
        *,
        item: Record | None = None,
        items: Iterable[Record] = (),
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": f"{transition.label} {item}" if item else f"{transition.label} these",
            "opts": self.opts,
            "media": self.media + form.media,
            "transition": transition,
            "form": form,
            "item": item,
            "items": items,
        }
        return TemplateResponse(request, "admin/core/transition.html", context)

    def _item_url(self, request: HttpRequest, item: Record) -> str:
        return self._url(request, "change", item.pk)

    def _transition_url(self, request: HttpRequest, item: Record, transition: Declared) -> str:
        return self._url(request, "transition", item.pk, transition.name)

    def _url(self, request: HttpRequest, page: str, *place: Any) -> str:
        """A page of this model that leads back to the list as it was filtered."""
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{page}"
        url = reverse(name, args=place, current_app=self.admin_site.name)
        filters = self.get_preserved_filters(request)
        return add_preserved_filters({"preserved_filters": filters, "opts": self.opts}, url)


def _many(
    admin: LifecycleAdmin, request: HttpRequest, items: Any, *, transition: Declared
) -> HttpResponse | None:
    return admin.perform_on_many(request, items, transition)


def _show(form: Any, refused: Refused) -> None:
    """Put a refusal where the person reads it: at the input it is about, or at the top."""
    for error in refused.errors or [FieldError("", refused.code, refused.detail)]:
        form.add_error(error.field if error.field in form.fields else None, error.message)
