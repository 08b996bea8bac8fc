"""By what recurring work can be narrowed."""

from __future__ import annotations

from core.api.filters import ChoicesFilter, MomentFilter, SearchFilter, StrictFilterSet
from tickets.models import Schedule


class ScheduleFilterSet(StrictFilterSet):
    """Filters of schedules."""

    status = ChoicesFilter(choices=Schedule.Status.choices)
    creates = ChoicesFilter(choices=Schedule.Creates.choices)
    due_before = MomentFilter(field_name="next_at", lookup_expr="lt")
    search = SearchFilter(fields=["title", "description"])

    class Meta:
        model = Schedule
        fields: list[str] = []
