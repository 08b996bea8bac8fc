"""By what lists of projects, and of what is in them, can be narrowed."""

from workflows.filters.archived import ArchivedFilter
from workflows.filters.projects import ProjectFilterSet
from workflows.filters.tasks import TaskFilterSet
from workflows.filters.templates import WorkflowTemplateFilterSet
from workflows.filters.workflows import WorkflowFilterSet

__all__ = [
    "ArchivedFilter",
    "ProjectFilterSet",
    "TaskFilterSet",
    "WorkflowFilterSet",
    "WorkflowTemplateFilterSet",
]
