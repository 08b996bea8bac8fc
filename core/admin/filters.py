"""What queues are narrowed by, whatever waits in them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from core import clock
from core.admin.person import actor_of


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
        return [("me", "Me"), ("none", "Nobody")]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        if self.value() == "me":
            return queryset.filter(assignee=actor_of(request).pk)
        return queryset.filter(assignee=None) if self.value() == "none" else queryset
