"""By what lists of templates can be narrowed."""

from __future__ import annotations

from core.api.filters import (
    ChoicesFilter,
    QuestionFilter,
    ReferenceFilter,
    SearchFilter,
    StrictFilterSet,
)
from workflows.filters.archived import ArchivedFilter
from workflows.models import WorkflowTemplate


class WorkflowTemplateFilterSet(StrictFilterSet):
    """Filters of templates."""

    status = ChoicesFilter(choices=WorkflowTemplate.Status.choices)
    project = ReferenceFilter(field_name="project")
    shared = QuestionFilter(question="shared", help_text="Everybody's, and no project's.")
    archived = ArchivedFilter(help_text="Only those of archived projects; left out otherwise.")
    search = SearchFilter(fields=["name", "description"], by_reference=False)

    class Meta:
        model = WorkflowTemplate
        fields: list[str] = []
