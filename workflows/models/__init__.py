"""Projects, who takes part in them, and what is in them."""

from workflows.models.checklist import ChecklistStep
from workflows.models.dependency import Dependency
from workflows.models.invitation import Invitation, InvitationLetter
from workflows.models.member import Member
from workflows.models.project import Project
from workflows.models.task import Task
from workflows.models.template import WorkflowTemplate
from workflows.models.workflow import Workflow

__all__ = [
    "ChecklistStep",
    "Dependency",
    "Invitation",
    "InvitationLetter",
    "Member",
    "Project",
    "Task",
    "Workflow",
    "WorkflowTemplate",
]
