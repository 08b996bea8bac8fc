"""The indexes of tasks, each with the query that it serves."""

from django.db.models import Index, Q

from workflows.states import ENDED_TASKS

IS_OPEN = ~Q(status__in=[str(status) for status in ENDED_TASKS])

TASK_INDEXES = [
    # Every list without a narrower filter, newest first.
    Index(fields=["-created_at", "-id"], name="workflows_task_newest"),
    # The columns of a board, how full each is, and whether something is unfinished.
    Index(fields=["workflow", "status"], name="workflows_task_column"),
    # Somebody's tasks: their own list, and what they hand back when they leave.
    Index(fields=["assignee", "status"], name="workflows_task_mine"),
    # What is overdue, or due next.
    Index(fields=["due_on"], name="workflows_task_due", condition=IS_OPEN),
]
