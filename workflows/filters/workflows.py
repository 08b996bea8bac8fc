"""By what lists of workflows can be narrowed."""

from __future__ import annotations

from core.api.filters import ChoicesFilter, ReferenceFilter, SearchFilter, StrictFilterSet
from workflows.filters.archived import ArchivedFilter
from workflows.models import Workflow


class WorkflowFilterSet(StrictFilterSet):
    """Filters of workflows."""

    status = ChoicesFilter(choices=Workflow.Status.choices)
    project = ReferenceFilter(field_name="project")
    archived = ArchivedFilter(help_text="Only those of archived projects; left out otherwise.")
    search = SearchFilter(fields=["name", "description"])

    class Meta:
        model = Workflow
        fields: list[str] = []
