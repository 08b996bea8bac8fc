"""How projects and what is in them are shown, and what may be written."""

from workflows.serializers.boards import BoardSerializer, MoveSerializer, ReorderSerializer
from workflows.serializers.plans import PlanSerializer
from workflows.serializers.projects import (
    InvitationSerializer,
    JoinSerializer,
    MemberSerializer,
    ProjectSerializer,
)
from workflows.serializers.tasks import (
    ChecklistStepSerializer,
    DependencySerializer,
    TaskBelowSerializer,
    TaskSerializer,
)
from workflows.serializers.templates import (
    SaveAsTemplateSerializer,
    StartedSerializer,
    StartSerializer,
    WorkflowTemplateSerializer,
)
from workflows.serializers.workflows import WorkflowBelowSerializer, WorkflowSerializer

__all__ = [
    "BoardSerializer",
    "ChecklistStepSerializer",
    "DependencySerializer",
    "InvitationSerializer",
    "JoinSerializer",
    "MemberSerializer",
    "MoveSerializer",
    "PlanSerializer",
    "ProjectSerializer",
    "ReorderSerializer",
    "SaveAsTemplateSerializer",
    "StartSerializer",
    "StartedSerializer",
    "TaskBelowSerializer",
    "TaskSerializer",
    "WorkflowBelowSerializer",
    "WorkflowSerializer",
    "WorkflowTemplateSerializer",
]
