"""What is raced for in projects: room on a board, an order of tasks, and who answers for it all."""

from __future__ import annotations

from typing import Any

from tests.races.attempts import WIDTH, Attempt, Crew, Round, by_turns
from workflows.models import Project, Task
from workflows.tests.making import board, joins, project_of, task

LIMIT = 3


def fill_a_column(crew: Crew, number: int) -> Round:
    """Eight tasks are started on a board that has room for three."""
    workflow = board(project_of(crew["ann"]), wip_limits={"in_progress": LIMIT})
    return [Attempt("ann", str(task(workflow)), "start") for _ in range(WIDTH)]


def close_a_circle(crew: Crew, number: int) -> Round:
    """Each of eight tasks is to wait for the next one, and the last for the first."""
    workflow = board(project_of(crew["ann"]))
    tasks = [str(task(workflow)) for _ in range(WIDTH)]
    following = [*tasks[1:], tasks[0]]
    return [
        Attempt("ann", one, "wait_for", {"depends_on": other})
        for one, other in zip(tasks, following, strict=True)
    ]


def hand_over_and_leave(crew: Crew, number: int) -> Round:
    """A project is handed to an owner who leaves it in that moment."""
    project = project_of(crew["ann"])
    joins(project, crew["mia"], "owner")
    item = str(project)
    return by_turns(
        Attempt("ann", item, "transfer", {"owner": crew["mia"].pk}),
        Attempt("mia", item, "leave"),
    )


def leave_together(crew: Crew, number: int) -> Round:
    """Everybody who owns a project leaves it at once."""
    project = project_of(crew["ann"])
    for name in ("mia", "tom"):
        joins(project, crew[name], "owner")
    return by_turns(*(Attempt(by, str(project), "leave") for by in ("ann", "mia", "tom")))


def give_a_task_to_who_leaves(crew: Crew, number: int) -> Round:
    """Somebody is given a task, and leaves the project in that moment."""
    project = project_of(crew["ann"])
    joins(project, crew["mia"], "editor")
    item = task(board(project))
    return by_turns(
        Attempt("ann", str(item), "give", {"assignee": crew["mia"].pk}),
        Attempt("mia", str(project), "leave"),
    )


PROJECT_SCENES = (
    fill_a_column,
    close_a_circle,
    hand_over_and_leave,
    leave_together,
    give_a_task_to_who_leaves,
)


def more_about(item: Any) -> dict[str, Any]:
    """What else became of a project, or of a task."""
    if isinstance(item, Project):
        members = {member.person.name: member.role for member in item.members.all()}
        return {"owner": item.owner.name, "members": members}
    if isinstance(item, Task):
        waits_for = [str(each.depends_on) for each in item.dependencies.all()]
        takes_part = [member.person for member in item.project.members.all()]
        lost = item.assignee is not None and item.assignee not in takes_part
        return {"waits_for": waits_for, "assignee_takes_part": not lost}
    return {}
