"""Beginning a workflow from a template: all its tasks at once, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from accounts.models import User
from core import clock
from core.actors import Actor
from core.errors import FieldError, InvalidInput, NotFound
from core.lifecycle import create, refused_by
from core.querysets import visible_row
from core.transactions import atomic_with_retry
from workflows.models import (
    ChecklistStep,
    Dependency,
    Member,
    Project,
    Task,
    Workflow,
    WorkflowTemplate,
)
from workflows.models.template_tasks import LONGEST_DELAY, TemplateTask, without_lost_tags


@dataclass(frozen=True)
class Start:
    """A template that begins somewhere on some day, with somebody in each role or nobody."""

    template: WorkflowTemplate
    project: Project
    name: str = ""
    starts_on: date | None = None
    people: Mapping[str, User] = field(default_factory=dict)

    def made(self, *, actor: Actor | None) -> Workflow:
        """The new workflow, a draft; what was said wrong of it is refused and nothing is made.

        Its `unassigned_roles` are those of the template for which nobody was named.
        """
        return atomic_with_retry(lambda: self._made(actor))

    def _made(self, actor: Actor | None) -> Workflow:
        Project.hold(self.project.pk)
        template = visible_row(WorkflowTemplate, actor, self.template.pk)
        if template is None:
            raise NotFound
        if refused := refused_by(template.startable, template, actor):
            raise refused
        unassigned = sorted(set(template.roles) - set(self.people))
        workflow = create(self._board(template), actor=actor, note=_note(template, unassigned))
        self._refuse_wrong_people(template.roles)
        _fill(workflow, self._tasks(workflow, without_lost_tags(template.planned)), actor)
        made: Workflow = visible_row(Workflow, actor, workflow.pk)
        made.unassigned_roles = unassigned
        return made

    def _board(self, template: WorkflowTemplate) -> Workflow:
        return Workflow(
            project=self.project,
            name=self.name or template.name,
            description=template.description,
            wip_limits=template.wip_limits,
        )

    def _tasks(
        self, workflow: Workflow, planned: Iterable[TemplateTask]
    ) -> list[tuple[TemplateTask, Task]]:
        first = self.starts_on or timezone.localdate(clock.now())
        if first > date.max - timedelta(days=LONGEST_DELAY):
            raise InvalidInput.of("starts_on", "This is too far off.")
        return [(each, self._task(workflow, each, first)) for each in planned]

    def _task(self, workflow: Workflow, planned: TemplateTask, first: date) -> Task:
        delay = planned.due_after_days
        return Task(
            workflow=workflow,
            title=planned.title,
            description=planned.description,
            priority=planned.priority,
            assignee=self.people.get(planned.role),
            due_on=None if delay is None else first + timedelta(days=delay),
            estimate_minutes=planned.estimate_minutes,
            tags=list(planned.tags),
        )

    def _refuse_wrong_people(self, roles: Iterable[str]) -> None:
        errors = [
            FieldError(f"people.{role}", "unknown", "There is no such role.")
            for role in sorted(set(self.people) - set(roles))
        ]
        able = {person.pk for person in able_among(self.project, self.people.values())}
        said = "Only an editor or owner of the project is given tasks."
        errors += [
            FieldError(f"people.{role}", "invalid", said)
            for role, person in sorted(self.people.items())
            if person.pk not in able
        ]
        if errors:
            raise InvalidInput(errors=errors)


def able_among(project: Project, people: Iterable[User]) -> list[User]:
    """Those of them who can be given tasks in the project."""
    people = list(people)
    keys = [person.pk for person in people]
    able = Member.objects.filter(project=project, person__in=keys).able()
    known = set(able.values_list("person", flat=True))
    return [person for person in people if person.pk in known]


def _fill(
    workflow: Workflow, tasks: Iterable[tuple[TemplateTask, Task]], actor: Actor | None
) -> None:
    made = {planned.key: (planned, create(task, actor=actor)) for planned, task in tasks}
    for planned, task in made.values():
        for place, text in enumerate(planned.checklist):
            create(ChecklistStep(task=task, position=place, text=text), actor=actor)
        for key in planned.depends_on:
            create(Dependency(task=task, depends_on=made[key][1]), actor=actor)


def _note(template: WorkflowTemplate, unassigned: Iterable[str]) -> str:
    missing = ", ".join(unassigned)
    nobody = f" Nobody was named for: {missing}." if missing else ""
    return f"From the template “{template}”.{nobody}"
