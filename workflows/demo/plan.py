"""What happens in each project of the demo, and when: the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from accounts.demo.office_hours import some_time
from accounts.demo.people import Cast
from accounts.demo.places import SITES
from accounts.demo.play import WINDOW, Life, soon
from accounts.models import User
from core import clock
from core.lifecycle import create, perform
from discussion.models import Comment
from workflows.demo.stories import BLOCKS, STORIES, TEMPLATES, WORDS, Job, Story
from workflows.models import (
    ChecklistStep,
    Dependency,
    Member,
    Project,
    Task,
    Workflow,
    WorkflowTemplate,
)

FATES = ("going", "on hold", "done", "stuck", "fresh")
MEMBERS = 5


def begun(*, count: int, first: int, seed: str, cast: Cast, until: datetime) -> Iterator[Life]:
    """So many projects, the first of them with this number."""
    for number in range(first, first + count):
        random = Random(f"{seed}:{number}")  # noqa: S311 - not a secret
        told, place = STORIES[number % len(STORIES)], number // len(STORIES)
        moment = some_time(random, until - WINDOW, until - WINDOW / 3)
        people = _people(random, cast, number)
        where = f" ({SITES[place % len(SITES)]}, {place})" if place else ""
        yield _Life(told, where, FATES[number % len(FATES)], random, people).lived(moment)


def share_templates() -> dict[str, WorkflowTemplate]:
    """What everybody can begin; made where it is not there yet."""
    shared = {each.name: each for each in WorkflowTemplate.objects.shared()}
    for name, tasks in TEMPLATES.items():
        if name not in shared:
            shared[name] = create(WorkflowTemplate(name=name, tasks=tasks), actor=None)
    return shared


def _people(random: Random, cast: Cast, number: int) -> list[User]:
    """Who takes part: an agent and somebody who asks, in turns the one who answers for it."""
    others = random.sample([*cast.requesters, *cast.agents], k=MEMBERS - 2)
    leaders = [cast.requesters[0], cast.agents[0]]
    return list(dict.fromkeys([*leaders[number % 2 :], *leaders[: number % 2], *others]))


@dataclass
class _Life:
    """One project from its beginning to where it stands."""

    story: Story
    where: str
    fate: str
    random: Random
    people: Sequence[User]
    tasks: list[Task] = field(default_factory=list)

    def lived(self, begins: datetime) -> Life:
        """Everything that would happen if there were time for it."""
        yield begins
        self.project = self._begin()
        workflow = Workflow(
            project=self.project, name=self.story.board, wip_limits=dict(self.story.limits)
        )
        self.board = create(workflow, actor=self.owner)
        for job in self.story.jobs:
            self.tasks.append(self._plan(job))
        yield soon(self.random, 4)
        if self.fate == "fresh":
            return
        perform(self.board, "activate", actor=self.owner)
        yield from self._work()

    @property
    def owner(self) -> User:
        return self.people[0]

    def _begin(self) -> Project:
        today = clock.now().date()
        project = Project(
            name=f"{self.story.name}{self.where}",
            description=self.story.description,
            starts_on=today,
            ends_on=today + timedelta(days=self.random.randint(60, 150)),
        )
        project = create(project, actor=self.owner)
        for place, person in enumerate(self.people[1:], start=1):
            role = "viewer" if place == MEMBERS - 1 else "editor"
            create(Member(project=project, person=person, role=role), actor=self.owner)
        return project

    def _plan(self, job: Job) -> Task:
        task = Task(
            workflow=self.board,
            title=job.title,
            priority=self.random.choice(["low", "medium", "medium", "high"]),
            assignee=self.random.choice(self.people[: MEMBERS - 2]),
            due_on=clock.now().date() + timedelta(days=6 * (len(self.tasks) + 1)),
            estimate_minutes=round(job.hours * 60),
        )
        task = create(task, actor=self.owner)
        for place, text in enumerate(job.steps):
            create(ChecklistStep(task=task, position=place, text=text), actor=self.owner)
        for place in job.after:
            create(Dependency(task=task, depends_on=self.tasks[place]), actor=self.owner)
        return task

    def _work(self) -> Life:
        whole = len(self.tasks)
        enough = whole if self.fate == "done" else whole // 2
        for task in self.tasks[:enough]:
            yield soon(self.random, 5)
            yield from self._done(task)
        if self.fate == "done":
            perform(self.board, "complete", actor=self.owner)
            perform(self.project, "complete", actor=self.owner)
        elif self.fate == "on hold":
            perform(self.project, "pause", actor=self.owner)
        else:
            self._go_on_with(self.tasks[enough:])

    def _done(self, task: Task) -> Life:
        person = task.assignee or self.owner
        perform(task, "start", actor=person)
        yield soon(self.random, 6)
        if self.random.random() < 0.5:
            said = Comment(body=self.random.choice(WORDS)).attach_to(task)
            create(said, actor=self.random.choice(self.people))
        for step in task.steps.order_by("position"):
            perform(step, "tick", actor=person)
        perform(task, "finish", actor=person)

    def _go_on_with(self, tasks: Sequence[Task]) -> None:
        """Take up what waits for nothing; where it is stuck, one of them is blocked."""
        ready = Task.objects.for_display().filter(pk__in=[task.pk for task in tasks])
        started = [task for task in ready.order_by("pk") if not task.is_waiting][:2]
        for task in started:
            perform(task, "start", actor=task.assignee)
        if self.fate == "stuck" and started:
            task, reason = started[0], self.random.choice(BLOCKS)
            perform(task, "block", actor=task.assignee, reason=reason)
