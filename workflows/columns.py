"""What a line of an exported project, workflow or task holds."""

from __future__ import annotations

from core.export import Columns

PROJECT_COLUMNS: Columns = {
    "reference": lambda project: project.reference,
    "name": lambda project: project.name,
    "status": lambda project: project.status,
    "owner": lambda project: str(project.owner),
    "starts_on": lambda project: project.starts_on,
    "ends_on": lambda project: project.ends_on,
    "created_at": lambda project: project.created_at,
    "completed_at": lambda project: project.completed_at,
    "archived_at": lambda project: project.archived_at,
    "description": lambda project: project.description,
}

WORKFLOW_COLUMNS: Columns = {
    "reference": lambda workflow: workflow.reference,
    "project": lambda workflow: workflow.project.reference,
    "name": lambda workflow: workflow.name,
    "status": lambda workflow: workflow.status,
    "created_at": lambda workflow: workflow.created_at,
    "reason": lambda workflow: workflow.reason,
    "description": lambda workflow: workflow.description,
}

TASK_COLUMNS: Columns = {
    "reference": lambda task: task.reference,
    "project": lambda task: task.project.reference,
    "workflow": lambda task: task.workflow.reference,
    "title": lambda task: task.title,
    "status": lambda task: task.status,
    "priority": lambda task: task.priority,
    "assignee": lambda task: str(task.assignee) if task.assignee is not None else "",
    "due_on": lambda task: task.due_on,
    "estimate_minutes": lambda task: task.estimate_minutes,
    "tags": lambda task: " ".join(task.tags),
    "depends_on": lambda task: " ".join(each.reference for each in task.predecessors),
    "created_at": lambda task: task.created_at,
    "started_at": lambda task: task.started_at,
    "finished_at": lambda task: task.finished_at,
    "reason": lambda task: task.reason,
    "description": lambda task: task.description,
}
