"""Where projects, workflows and tasks can stand, and what members can be."""

from django.db import models


class Role(models.TextChoices):
    """What a member may do, from least to most."""

    VIEWER = "viewer"
    EDITOR = "editor"
    OWNER = "owner"


class ProjectStatus(models.TextChoices):
    """The states of a project, in the order of its life."""

    ACTIVE = "active"
    ON_HOLD = "on_hold", "On hold"
    COMPLETED = "completed"
    ARCHIVED = "archived"


class WorkflowStatus(models.TextChoices):
    """The states of a workflow, in the order of its life."""

    DRAFT = "draft"
    ACTIVE = "active"
    PAUSED = "paused"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


class TaskStatus(models.TextChoices):
    """The states of a task, in the order of its life."""

    TODO = "todo", "To do"
    IN_PROGRESS = "in_progress", "In progress"
    BLOCKED = "blocked"
    DONE = "done"
    CANCELLED = "cancelled"


EDITORS = (Role.EDITOR, Role.OWNER)
"""They change what is planned."""

ENDED_WORKFLOWS = (WorkflowStatus.COMPLETED, WorkflowStatus.CANCELLED)
"""Nothing changes there any more."""

ENDED_TASKS = (TaskStatus.DONE, TaskStatus.CANCELLED)
"""Nobody works on them any more."""

UNDER_WAY = (TaskStatus.IN_PROGRESS, TaskStatus.BLOCKED)
"""Somebody has begun them."""

LIMITED = (TaskStatus.TODO, TaskStatus.IN_PROGRESS, TaskStatus.BLOCKED)
"""The columns of a board that can be full."""
