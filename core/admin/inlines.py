"""Rows that are shown, or edited, on the page of the record they belong to."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib import admin
from django.forms import BaseInlineFormSet
from django.http import HttpRequest

from core.admin.choices import KeyedChoices
from core.admin.person import actor_of
from core.lifecycle import refused_by
from core.models import Record


class OwnRows(BaseInlineFormSet):
    """Knows the rows of its record alone: another's key is refused like one that nobody has."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        form.fields[self._pk_field.name].queryset = self.queryset  # type: ignore[attr-defined]


class FirstRows(OwnRows):
    """The first of a long list, cut after the inline has narrowed it to its record."""

    shown: ClassVar[int] = 50

    def get_queryset(self) -> Any:
        if not hasattr(self, "_queryset"):
            self._queryset = super().get_queryset()[: self.shown]
        return self._queryset


class ShownInline(admin.TabularInline):
    """Rows that are only looked at here."""

    formset = OwnRows
    extra = 0
    can_delete = False

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.fields or ()

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(actor_of(request).is_agent)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class RecordInline(KeyedChoices, admin.TabularInline):
    """Rows that whoever may edit the record edits with it; each change passes the one door."""

    formset = OwnRows
    extra = 0

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return bool(actor_of(request).is_agent)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_edit(request, obj)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_edit(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_edit(request, obj)

    def _may_edit(self, request: HttpRequest, obj: Record | None) -> bool:
        """Whether this person edits the record to which the rows belong, or may make one."""
        model: Any = self.parent_model
        rule = obj.editable if obj is not None else model.creatable
        return refused_by(rule, obj or model(), actor_of(request)) is None


class ConfigurationInline(RecordInline):
    """Rows of a configuration page."""
