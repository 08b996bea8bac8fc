"""Boards: the tasks of a workflow by their status, in one statement however many there are."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber

from workflows.models import Task, Workflow
from workflows.querysets import TaskQuerySet

MOST_SHOWN = 100
"""Of each column; the others are in the list of tasks."""


def columns_of(workflow: Workflow, tasks: TaskQuerySet) -> list[dict[str, Any]]:
    """Each column with its limit, its count, and its first tasks."""
    there: dict[str, list[Task]] = defaultdict(list)
    for task in _first_of_each(tasks):
        there[task.status].append(task)
    return [
        {
            "status": column,
            "limit": workflow.wip_limits.get(column),
            "count": there[column][0].__dict__["in_column"] if there[column] else 0,
            "tasks": there[column],
        }
        for column in Task.Status.values
    ]


def _first_of_each(tasks: TaskQuerySet) -> TaskQuerySet:
    by_place = Window(RowNumber(), partition_by=F("status"), order_by=F("position").asc())
    counted = tasks.annotate(
        place=by_place, in_column=Window(Count("pk"), partition_by=F("status"))
    )
    return counted.filter(place__lte=MOST_SHOWN).order_by("position")
