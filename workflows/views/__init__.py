"""Projects, and what is in them, under `/api/`."""

from workflows.views.projects import InvitationViewSet, MemberViewSet, ProjectViewSet
from workflows.views.tasks import ChecklistStepViewSet, DependencyViewSet, TaskViewSet
from workflows.views.templates import WorkflowTemplateViewSet
from workflows.views.workflows import WorkflowViewSet

__all__ = [
    "ChecklistStepViewSet",
    "DependencyViewSet",
    "InvitationViewSet",
    "MemberViewSet",
    "ProjectViewSet",
    "TaskViewSet",
    "WorkflowTemplateViewSet",
    "WorkflowViewSet",
]
