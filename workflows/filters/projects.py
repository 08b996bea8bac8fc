"""By what lists of projects can be narrowed."""

from __future__ import annotations

from core.api.filters import (
    ChoicesFilter,
    MomentFilter,
    PersonFilter,
    QuestionFilter,
    SearchFilter,
    StrictFilterSet,
)
from workflows.filters.archived import ArchivedFilter
from workflows.models import Project


class ProjectFilterSet(StrictFilterSet):
    """Filters of projects."""

    status = ChoicesFilter(choices=Project.Status.choices)
    owner = PersonFilter(field_name="owner")
    mine = QuestionFilter(question="of", asks_who=True, help_text="You take part in it.")
    archived = ArchivedFilter(help_text="Only archived ones; they are left out otherwise.")
    created_after = MomentFilter(field_name="created_at", lookup_expr="gte")
    created_before = MomentFilter(field_name="created_at", lookup_expr="lt")
    search = SearchFilter(fields=["name", "description"])

    class Meta:
        model = Project
        fields: list[str] = []
