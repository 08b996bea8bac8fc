"""Admin of records: scoped, saved through the one door, with their history, never deleted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from django.db import models
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from core.actors import Actor
from core.admin.choices import KeyedChoices
from core.admin.forms import RecordForm, StrictJSONField
from core.admin.lists import ClosedList
from core.admin.person import actor_of
from core.admin.timeline import told
from core.errors import Refused
from core.lifecycle import change, create, owned_fields, refused_by, remove
from core.models import Event, Record
from core.querysets import visible_rows

BOOKKEEPING = ("created_by", "created_at", "updated_at")
RECENT_EVENTS = 50


class RecordAdmin(KeyedChoices, ClosedList):
    """What every admin page of ours has in common."""

    form = RecordForm
    formfield_overrides = {models.JSONField: {"form_class": StrictJSONField}}
    list_per_page = 50
    is_written_here = True
    """Whether rows are added and edited on pages of their own; else they are found and looked at here."""

    change_form_template = "admin/core/change_form.html"
    object_history_template = "admin/core/history.html"

    def get_queryset(self, request: HttpRequest) -> Any:
        """What this person may see, in the order of the list."""
        rows = visible_rows(self.model, actor_of(request)).for_display()
        return rows.order_by(*self.get_ordering(request))

    def get_ordering(self, request: HttpRequest) -> Any:
        return self.ordering or ["-pk"]

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        return actor_of(request).is_active and actor_of(request).is_agent

    def has_add_permission(self, request: HttpRequest) -> bool:
        refused = refused_by(self.model.creatable, self.model(), actor_of(request))
        return self.is_written_here and refused is None

    def has_change_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        if not self.is_written_here:
            return False
        if obj is None:
            return self._may_change_some(actor_of(request))
        return refused_by(obj.editable, obj, actor_of(request)) is None

    def _may_change_some(self, actor: Actor) -> bool:
        """Whether rows of this kind are this person's to edit, as far as that depends on no row."""
        return actor.is_active and bool(self.model.editable.permission(self.model(), actor))

    def has_delete_permission(self, request: HttpRequest, obj: Record | None = None) -> bool:
        return False

    def get_readonly_fields(self, request: HttpRequest, obj: Record | None = None) -> Any:
        """Bookkeeping, and what only a transition may write."""
        own = {*super().get_readonly_fields(request, obj), *owned_fields(self.model), *BOOKKEEPING}
        return [name for name in self._declared_fields() if name in own]

    def get_fields(self, request: HttpRequest, obj: Record | None = None) -> Any:
        names = self._declared_fields()
        if obj is None:
            readonly = set(self.get_readonly_fields(request))
            names = [name for name in names if name not in readonly]
        return [*names, "seen_version"]

    def _declared_fields(self) -> list[str]:
        return [str(name) for name in self.fields or ()]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        if not change:
            create(obj, actor=actor_of(request))
            return
        changed = [name for name in form.changed_data if name != "seen_version"]
        fields = {name: form.cleaned_data[name] for name in changed}
        self.change_through_the_door(request, obj, form, fields)

    def change_through_the_door(
        self, request: HttpRequest, obj: Any, form: Any, fields: dict[str, Any]
    ) -> None:
        """Save an edit; the version that the form showed has to be the present one."""
        if fields:
            seen = form.cleaned_data.get("seen_version")
            change(obj, actor=actor_of(request), expected_version=seen, **fields)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        """Rows edited inline leave Events like all others."""
        formset.save(commit=False)
        for row in formset.deleted_objects:
            remove(row, actor=actor_of(request))
        for row, changed in formset.changed_objects:
            self._change_row(request, row, changed)
        for row in formset.new_objects:
            create(row, actor=actor_of(request))

    def _change_row(self, request: HttpRequest, row: Record, changed: Sequence[str]) -> None:
        fields = {name: getattr(row, name) for name in changed}
        change(row, actor=actor_of(request), **fields)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """A refusal under the lock is shown on the form, which keeps what was typed."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Refused as refused:
            request.refusal = refused  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.refusal = getattr(request, "refusal", None)
        return form

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        item = context.get("original")
        if item is not None:
            recent = Event.of(item).for_display().reverse()[:RECENT_EVENTS]
            context["shortcuts"] = self.shortcuts(request, item)
            context["timeline"] = told(item, recent, reader=actor_of(request))
        return super().render_change_form(request, context, *args, **kwargs)

    def shortcuts(self, request: HttpRequest, item: Any) -> list[tuple[str, str]]:
        """Ways from the page of a record to what one does next: words and address."""
        return []

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """The whole history of the record, newest first."""
        item = self.get_object(request, object_id)
        if item is None:
            return self.not_there(request, object_id)
        context = {
            **self.admin_site.each_context(request),
            "title": f"History of {item}",
            "opts": self.opts,
            "object": item,
            "module_name": str(self.opts.verbose_name_plural).capitalize(),
            "timeline": told(
                item, Event.of(item).for_display().reverse(), reader=actor_of(request)
            ),
        }
        return TemplateResponse(request, self.object_history_template, context)

    def not_there(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Back to the start page with a message, as for any absent row."""
        back = self._get_obj_does_not_exist_redirect  # type: ignore[attr-defined]
        return cast(HttpResponse, back(request, self.opts, object_id))

    # The Event is the history; the admin's own log would be a second one.
    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing: create() has left an Event."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing: change() has left an Event."""


class ConfigurationAdmin(RecordAdmin):
    """What admins set up and agents may look at."""
