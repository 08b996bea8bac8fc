"""Projects and what is in them in the admin; agents find those in which they take part."""

from workflows.admin.projects import ProjectAdmin
from workflows.admin.tasks import TaskAdmin
from workflows.admin.templates import WorkflowTemplateAdmin
from workflows.admin.workflows import WorkflowAdmin

__all__ = ["ProjectAdmin", "TaskAdmin", "WorkflowAdmin", "WorkflowTemplateAdmin"]
