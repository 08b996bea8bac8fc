"""Making templates of what is there: of a workflow, or of a project's template for everybody."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType

from django.utils import timezone

from accounts.models import User
from core.actors import Actor
from core.errors import FieldError, InvalidInput
from core.lifecycle import create
from core.transactions import atomic_with_retry
from workflows.models import Project, Task, Workflow, WorkflowTemplate
from workflows.models.template_tasks import LONGEST_DELAY, TemplateTask, without_lost_tags
from workflows.states import TaskStatus


def save_as_template(
    workflow: Workflow,
    *,
    name: str,
    actor: Actor | None,
    description: str | None = None,
    people: Mapping[str, User] = MappingProxyType({}),
) -> WorkflowTemplate:
    """A template of the workflow's project, of all tasks that were not cancelled.

    Days count from the one on which the workflow was made. `people` names the roles of those who have
    tasks there; the others become `person-1`, `person-2` and so on.
    """

    def saved() -> WorkflowTemplate:
        Project.hold(workflow.project_id)
        there = Task.objects.for_display().filter(workflow=workflow.pk)
        tasks = list(there.exclude(status=TaskStatus.CANCELLED).order_by("position"))
        planned = without_lost_tags(_planned(tasks, _roles(tasks, people), _first_day(workflow)))
        said = workflow.description if description is None else description
        template = WorkflowTemplate(
            project=workflow.project,
            name=name,
            description=said,
            wip_limits=_limits(workflow, len(planned)),
            tasks=[each.as_json() for each in planned],
        )
        return create(template, actor=actor)

    return atomic_with_retry(saved)


def share(template: WorkflowTemplate, *, actor: Actor | None) -> WorkflowTemplate:
    """A copy for everybody; the project where it is from is not mentioned."""
    tasks = [each.as_json() for each in without_lost_tags(template.planned)]
    copy = WorkflowTemplate(
        name=template.name,
        description=template.description,
        wip_limits=template.wip_limits,
        tasks=tasks,
    )
    return create(copy, actor=actor)


def _first_day(workflow: Workflow) -> date:
    return timezone.localdate(workflow.created_at)


def _limits(workflow: Workflow, tasks: int) -> dict[str, int]:
    """Its limits, without the one that would be passed as soon as all tasks are to be done again."""
    return {
        column: limit
        for column, limit in workflow.wip_limits.items()
        if column != TaskStatus.TODO or limit >= tasks
    }


def _roles(tasks: Iterable[Task], people: Mapping[str, User]) -> dict[int, str]:
    """What each assignee is called, by their id."""
    busy = list(dict.fromkeys(task.assignee_id for task in tasks if task.assignee_id is not None))
    _refuse_wrong_roles(busy, people)
    roles = {person.pk: role for role, person in people.items()}
    others = [key for key in busy if key not in roles]
    free = (
        word
        for number in range(1, len(busy) + len(people) + 1)
        if (word := f"person-{number}") not in people
    )
    return roles | dict(zip(others, free, strict=False))


def _refuse_wrong_roles(busy: Collection[int], people: Mapping[str, User]) -> None:
    errors: list[FieldError] = []
    named: set[int] = set()
    for role, person in sorted(people.items()):
        if person.pk not in busy:
            errors.append(_wrong(role, "This person has no task there."))
        elif person.pk in named:
            errors.append(_wrong(role, "This person is named for another role already."))
        named.add(person.pk)
    if errors:
        raise InvalidInput(errors=errors)


def _wrong(role: str, sentence: str) -> FieldError:
    return FieldError(f"people.{role}", "invalid", sentence)


def _planned(
    tasks: Sequence[Task], roles: Mapping[int, str], first: date
) -> Iterable[TemplateTask]:
    keys = {task.pk: str(place) for place, task in enumerate(tasks, start=1)}
    for task in tasks:
        yield TemplateTask(
            key=keys[task.pk],
            title=task.title,
            description=task.description,
            priority=task.priority,
            estimate_minutes=task.estimate_minutes,
            due_after_days=_delay(task, first),
            role="" if task.assignee_id is None else roles[task.assignee_id],
            checklist=[step.text for step in task.checklist],
            tags=task.tags,
            depends_on=[keys[each.id] for each in task.predecessors if each.id in keys],
        )


def _delay(task: Task, first: date) -> int | None:
    if task.due_on is None:
        return None
    return min(max((task.due_on - first).days, 0), LONGEST_DELAY)
