"""What queues are narrowed by, whatever waits in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import SEARCH_VAR
from django.http import HttpRequest
from django.utils.safestring import mark_safe

from core import clock
from core.admin.person import actor_of


class StandingFilter(admin.SimpleListFilter):
    """Where an item stands: a queue shows what is open unless something else is asked for."""

    title = "status"
    parameter_name = "status__exact"

    def __init__(self, request: HttpRequest, *args: Any) -> None:
        # A search looks everywhere; and of what was chosen, some may have ended in the meantime.
        is_queue = request.method == "GET" and not request.GET.get(SEARCH_VAR)
        self.usual = "open" if is_queue else "all"
        super().__init__(request, *args)

    def value(self) -> Any:
        return super().value() or self.usual

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        statuses = model_admin.model._meta.get_field("status").flatchoices
        return [("open", "Open"), ("all", "All"), *statuses]

    def choices(self, changelist: Any) -> Iterator[Any]:
        for value, label in self.lookup_choices:
            address = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": value == self.value(), "query_string": address, "display": label}

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        asked = self.value()
        if asked == "open":
            return queryset.open()
        if asked == "all":
            return queryset
        return (
            queryset.filter(status=asked) if asked in dict(self.lookup_choices) else queryset.none()
        )


class OwnersFilter(admin.RelatedFieldListFilter):
    """Whose the rows are, and those that nobody has yet."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.empty_value_display = mark_safe("Nobody's")


class OverdueFilter(admin.SimpleListFilter):
    """Open past its due date: asks the queryset's own `overdue(at=…)`."""

    title = "overdue"
    parameter_name = "overdue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("yes", "Yes")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset.overdue(at=clock.now()) if self.value() else queryset


class AssigneeFilter(admin.SimpleListFilter):
    """Whose work it is, as far as that matters to whoever looks."""

    title = "assignee"
    parameter_name = "assignee"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("me", "Mine"), ("none", "Nobody's")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "me":
            return queryset.filter(assignee=actor_of(request).pk)
        return queryset.filter(assignee=None) if self.value() == "none" else queryset
