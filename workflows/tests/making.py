"""Projects and what is in them for tests, in one line each."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from core.lifecycle import create, perform
from core.models import Event, Record
from core.tests.making import through
from workflows.models import Dependency, Member, Project, Task, Workflow

__all__ = ["board", "done", "joins", "plan", "project_of", "started", "task", "through", "told"]


def project_of(person: User, **fields: Any) -> Project:
    """What this person plans."""
    return create(Project(**{"name": "New office"} | fields), actor=person)


def joins(project: Project, person: User, role: str = "editor") -> Member:
    """Whoever answers for the project takes somebody in."""
    return create(Member(project=project, person=person, role=role), actor=project.owner)


def board(project: Project, **fields: Any) -> Workflow:
    """A workflow whose tasks can be started."""
    made = create(Workflow(project=project, **{"name": "Move"} | fields), actor=project.owner)
    return perform(made, "activate", actor=project.owner)


def task(workflow: Workflow, **fields: Any) -> Task:
    """Something to do there."""
    owner = workflow.project.owner
    return create(Task(workflow=workflow, **{"title": "Pack the books"} | fields), actor=owner)


def started(item: Task) -> Task:
    return perform(item, "start", actor=item.project.owner)


def done(item: Task) -> Task:
    return perform(started(item), "finish", actor=item.project.owner)


def plan(item: Task, *, after: Task) -> Dependency:
    """The one waits for the other."""
    return create(Dependency(task=item, depends_on=after), actor=item.project.owner)


def told(item: Record) -> list[str]:
    """What happened to it, oldest first."""
    return [event.action for event in Event.of(item)]
