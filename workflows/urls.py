"""Where projects and what is in them answer under `/api/`."""

from __future__ import annotations

from workflows import views

viewsets: dict[str, type] = {
    "projects": views.ProjectViewSet,
    "members": views.MemberViewSet,
    "invitations": views.InvitationViewSet,
    "workflows": views.WorkflowViewSet,
    "workflow-templates": views.WorkflowTemplateViewSet,
    "tasks": views.TaskViewSet,
    "dependencies": views.DependencyViewSet,
    "checklist-steps": views.ChecklistStepViewSet,
}
