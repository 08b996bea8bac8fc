"""By what lists of jobs, and the ledger, can be narrowed."""

from __future__ import annotations

import django_filters

from core.api.filters import (
    ChoicesFilter,
    MomentFilter,
    PersonFilter,
    ReferenceFilter,
    SearchFilter,
    StrictFilterSet,
)
from core.api.item_filter import ItemFilter
from core.models import Event
from jobs.models import Job


class JobFilterSet(StrictFilterSet):
    """Filters of jobs."""

    status = ChoicesFilter(choices=Job.Status.choices)
    kind = django_filters.CharFilter(max_length=100, help_text="As in `files.verify`.")
    owner = PersonFilter(field_name="owner")
    parent = ReferenceFilter(field_name="parent")
    created_after = MomentFilter(field_name="created_at", lookup_expr="gte")
    created_before = MomentFilter(field_name="created_at", lookup_expr="lt")
    search = SearchFilter(fields=["title", "kind"])

    class Meta:
        model = Job
        fields: list[str] = []


class EventFilterSet(StrictFilterSet):
    """Filters of the ledger."""

    item = ItemFilter(help_text="Its reference, such as `TCK-42`.")
    kind = django_filters.CharFilter(
        field_name="subject_type",
        max_length=80,
        help_text="Of its subject, as in `tickets.ticket`.",
    )
    actor = PersonFilter(field_name="actor")
    action = django_filters.CharFilter(max_length=50)
    at_after = MomentFilter(field_name="at", lookup_expr="gte")
    at_before = MomentFilter(field_name="at", lookup_expr="lt")

    class Meta:
        model = Event
        fields: list[str] = []
