"""Putting away projects in which nothing happens any more."""

from __future__ import annotations

from datetime import datetime

from core.lifecycle import perform
from core.transactions import atomic_with_retry
from workflows.models import Project


def put_away(project: Project, *, idle_since: datetime, note: str) -> Project | None:
    """The archived project; None where somebody came back to it before it was held."""

    def archived() -> Project | None:
        Project.hold(project.pk)
        if not Project.objects.all().idle_since(idle_since).filter(pk=project.pk).exists():
            return None
        return perform(project, "archive", actor=None, note=note)

    return atomic_with_retry(archived)
