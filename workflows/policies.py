"""Who may do what in a project; each answer needs only loaded columns."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from core.actors import Actor
from core.lifecycle import Need, needs
from workflows.states import EDITORS, ProjectStatus, Role, TaskStatus, WorkflowStatus

if TYPE_CHECKING:
    from workflows.models import Member


def owner(item: Any, user: Actor) -> bool:
    """Only owners of the project do this."""
    return user.is_admin or item.role_of(user) == Role.OWNER


def editor(item: Any, user: Actor) -> bool:
    """Only editors and owners of the project do this."""
    return user.is_admin or item.role_of(user) in EDITORS


def keeps_templates(template: Any, user: Actor) -> bool:
    """Only editors and owners of its project do this, and only admins with what is everybody's."""
    return editor(template, user)


def owner_or_invited(member: Member, user: Actor) -> bool:
    """Only owners of the project add members."""
    invited = member.invitation is not None and member.invitation.is_for(member, user)
    return invited or owner(member, user)


def owner_or_oneself(member: Member, user: Actor) -> bool:
    """Only owners of the project change who takes part."""
    return member.person_id == user.pk or owner(member, user)


def where_it_belongs(sentence: str, predicate: Callable[[Any], bool]) -> Need:
    """What has to be true of the place of a row; an empty form does not know it yet."""
    return needs(sentence, lambda item: not item.has_place or predicate(item))


no_unfinished_workflows = needs(
    "Complete or cancel its workflows first.",
    lambda project: not project.has_unfinished_workflows,
)

not_archived = where_it_belongs(
    "The project is archived: restore it first.",
    lambda item: item.project.status != ProjectStatus.ARCHIVED,
)

nothing_begins_from_it = needs(
    "Something begins from it: retire it instead.", lambda template: not template.is_in_use
)

not_retired = needs(
    "It is retired: restore it first.", lambda template: template.status != "retired"
)

project_not_ended = where_it_belongs(
    "The project has ended: it gets no more work.",
    lambda item: item.project.status != ProjectStatus.COMPLETED,
)

project_not_on_hold = needs(
    "The project is on hold: resume it first.",
    lambda item: item.project.status != ProjectStatus.ON_HOLD,
)

not_accountable = needs(
    "Hand the project over first.",
    lambda member: member.project.owner_id != member.person_id,
)

still_open = needs("It has ended: what it says stays as it is.", lambda item: item.is_open)

no_unfinished_tasks = needs(
    "Finish or cancel its tasks first.",
    lambda workflow: not workflow.has_unfinished_tasks,
)

workflow_is_open = where_it_belongs(
    "Its workflow has ended: its tasks stay as they are.",
    lambda item: item.workflow.is_open,
)

workflow_runs = needs(
    "Its workflow does not run: activate or resume it first.",
    lambda task: task.workflow.status == WorkflowStatus.ACTIVE,
)

predecessors_done = needs(
    "It waits for other tasks: finish them, or take the dependencies away.",
    lambda task: not task.is_waiting,
)

task_is_open = needs(
    "The task has ended: what belongs to it stays as it is.",
    lambda item: item.task.is_open,
)

task_has_not_begun = where_it_belongs(
    "The task has begun: it waits for nothing more. Block it, and say why.",
    lambda item: item.task.status == TaskStatus.TODO,
)

FULL = "This column of the board is full: its limit is reached."


def room_in(column: TaskStatus) -> Need:
    """The column where the task would go has not reached its limit."""
    return needs(FULL, lambda task: not task.finds_full(column))
