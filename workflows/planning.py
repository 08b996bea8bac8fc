"""The plan of a project, from its tasks as they stand: one statement, then pure functions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from workflows.models import Task
from workflows.plan import Job, Slot, plan


def plan_of(tasks: Sequence[Task]) -> dict[str, Any]:
    """What the API says of the plan for these unfinished tasks of a project."""
    by_id = {task.pk: task for task in tasks}
    whole = plan([_job(task) for task in tasks])
    return {
        "minutes": whole.minutes,
        "critical_path": [by_id[key].reference for key in whole.critical_path],
        "unestimated": sum(task.estimate_minutes is None for task in tasks),
        "tasks": [_planned(by_id[slot.id], slot) for slot in whole.slots],
    }


def _job(task: Task) -> Job:
    return Job(task.pk, task.estimate_minutes or 0, [each.id for each in task.predecessors])


def _planned(task: Task, slot: Slot) -> dict[str, Any]:
    return {
        "id": task.pk,
        "reference": task.reference,
        "title": task.title,
        "status": task.status,
        "estimate_minutes": task.estimate_minutes,
        "starts_after_minutes": slot.starts,
        "ends_after_minutes": slot.ends,
        "slack_minutes": slot.slack,
        "blocked_by": [each for each in task.predecessors if each.status != Task.Status.DONE],
    }
