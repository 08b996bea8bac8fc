"""By what calendars and policies can be narrowed, and the filter that lists of items under them share."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet

from core import clock
from core.api.filters import (
    ChoicesFilter,
    ReferenceFilter,
    SearchFilter,
    StrictBooleanFilter,
    StrictFilterSet,
)
from core.priority import Priority
from sla.models import Calendar, Policy
from sla.standing import Standing


class StandingFilter(django_filters.ChoiceFilter):
    """`service_level=breached`: how the promise of a resolution, or of a first response, stands now."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=Standing.choices,
            help_text="How the promise of a resolution, or of a first response, stands now.",
            **kwargs,
        )

    def filter(self, qs: QuerySet[Any], value: str | None) -> QuerySet[Any]:
        return qs.standing(value, at=clock.now()) if value else qs  # type: ignore[attr-defined]


class CalendarFilterSet(StrictFilterSet):
    """Filters of calendars."""

    search = SearchFilter(fields=["name", "time_zone"])

    class Meta:
        model = Calendar
        fields: list[str] = []


class PolicyFilterSet(StrictFilterSet):
    """Filters of policies."""

    applies_to = ChoicesFilter(choices=Policy.Kind.choices)
    is_active = StrictBooleanFilter(field_name="is_active")
    priority = ChoicesFilter(choices=Priority.choices)
    calendar = ReferenceFilter(field_name="calendar")
    department = ReferenceFilter(field_name="department")
    search = SearchFilter(fields=["name"])

    class Meta:
        model = Policy
        fields: list[str] = []
