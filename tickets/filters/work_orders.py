"""By what lists of work orders can be narrowed."""

from __future__ import annotations

from core.api.filters import (
    ChoicesFilter,
    MomentFilter,
    OverdueFilter,
    PersonFilter,
    ReferenceFilter,
    SearchFilter,
    StrictFilterSet,
)
from tickets.models import WorkOrder


class WorkOrderFilterSet(StrictFilterSet):
    """Filters of work orders."""

    status = ChoicesFilter(choices=WorkOrder.Status.choices)
    assignee = PersonFilter(field_name="assignee")
    ticket = ReferenceFilter(field_name="ticket")
    request = ReferenceFilter(field_name="request")
    site = SearchFilter(fields=["site"], by_reference=False)
    scheduled_after = MomentFilter(field_name="scheduled_start", lookup_expr="gte")
    scheduled_before = MomentFilter(field_name="scheduled_start", lookup_expr="lt")
    overdue = OverdueFilter(help_text="Open past the end of its window.")
    search = SearchFilter(fields=["title", "description", "site"])

    class Meta:
        model = WorkOrder
        fields: list[str] = []
