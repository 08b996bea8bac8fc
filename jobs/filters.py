"""By what lists of jobs can be narrowed."""

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
