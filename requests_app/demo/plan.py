"""What happens to each request of the demo, and when: drawn by chance, the same for the same seed."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from accounts.models import User
from requests_app.demo.office_hours import later, some_time
from requests_app.demo.people import Cast
from requests_app.demo.stories import APPROVAL_NOTES, CANCEL_REASONS, HANDOVER_NOTES, STORIES, Story
from requests_app.models import RequestType, ServiceRequest

WINDOW = timedelta(days=90)
PRIORITIES = {"low": 20, "medium": 50, "high": 22, "urgent": 8}
# How much sooner or later people act on it.
PACE = {"low": 1.6, "medium": 1.0, "high": 0.6, "urgent": 0.25}
# How long people take, as a part of the type's target; an hour in three is an office hour.
DECIDING, AGREEING, STARTING, WORKING = 0.06, 0.04, 0.03, 0.08
FATES = {
    "done": 78,
    "denied": 8,
    "cancelled": 5,
    "called off": 3,
    "forgotten": 3,
    "unstarted": 2,
    "stuck": 1,
}
BEFORE_APPROVAL = ("denied", "cancelled", "forgotten")


@dataclass(order=True)
class Step:
    """One thing that somebody does with one request."""

    at: datetime
    number: int
    action: str = field(compare=False)
    actor: User = field(compare=False)
    note: str = field(compare=False, default="")
    inputs: Mapping[str, Any] = field(compare=False, default_factory=dict)


@dataclass
class Life:
    """One request from asking to its end; each step comes after the one before."""

    number: int
    request: ServiceRequest
    story: Story
    random: Random
    cast: Cast
    now: datetime

    def steps(self) -> Iterator[Step]:
        """Everything that would happen if there were time for it."""
        yield self._step("ask", self._asker())
        fate = self._drawn(FATES)
        if self.request.request_type.approvals_needed:
            yield from self._decided(fate)
            if fate in BEFORE_APPROVAL:
                return
        yield from self._worked_on(fate)

    def _decided(self, fate: str) -> Iterator[Step]:
        needed = self.request.request_type.approvals_needed
        candidates = self.cast.approvers[self.request.department_id]
        able = [person for person in candidates if person != self.request.requester]
        deciders = self.random.sample(able, needed)
        if fate == "forgotten":
            return
        self._wait(DECIDING)
        if fate == "cancelled":
            yield self._withdrawn()
        elif fate == "denied":
            reason = self.random.choice(self.story.denials)
            yield self._step("deny", deciders[-1], reason=reason)
        else:
            for person in deciders:
                yield self._step("approve", person, note=self.random.choice(APPROVAL_NOTES))
                self._wait(AGREEING)

    def _worked_on(self, fate: str) -> Iterator[Step]:
        agent = self.random.choice(self.cast.agents)
        self._wait(STARTING)
        if fate == "called off":
            yield self._withdrawn()
            return
        if self.random.random() < 0.2:
            yield self._step("assign", self.random.choice(self.cast.agents), assignee=agent)
            self._wait(STARTING)
        if fate == "unstarted":
            return
        yield self._step("start", agent, assignee=agent)
        if self.random.random() < 0.06:
            agent = yield from self._handed_over(agent)
        self._wait(WORKING)
        if fate != "stuck":
            yield self._step(
                "complete", agent, resolution=self.random.choice(self.story.resolutions)
            )

    def _handed_over(self, agent: User) -> Generator[Step, None, User]:
        self._wait(WORKING)
        other = self.random.choice([each for each in self.cast.agents if each != agent])
        note = self.random.choice(HANDOVER_NOTES)
        yield self._step("assign", agent, note=note, assignee=other)
        return other

    def _withdrawn(self) -> Step:
        return self._step(
            "cancel", self.request.requester, reason=self.random.choice(CANCEL_REASONS)
        )

    def _asker(self) -> User:
        """Most people ask for themselves; sometimes an agent does it for them."""
        on_behalf = self.random.random() < 0.06
        return self.random.choice(self.cast.agents) if on_behalf else self.request.requester

    def _wait(self, part: float) -> None:
        hours = part * PACE[self.request.priority] * self.request.request_type.target_hours
        self.now = later(self.random, self.now, about_hours=hours)

    def _step(self, action: str, actor: User, note: str = "", **inputs: Any) -> Step:
        return Step(self.now, self.number, action, actor, note, inputs)

    def _drawn(self, weights: Mapping[str, int]) -> str:
        return self.random.choices([*weights], [*weights.values()])[0]


def lives(*, count: int, seed: str, cast: Cast, until: datetime) -> Iterator[Life]:
    """So many requests, asked over the ninety days before `until`, oldest first."""
    random = Random(seed)  # noqa: S311 - not a secret
    types = {each.slug: each for each in RequestType.objects.select_related("category")}
    stories = [story for story in STORIES if story.slug in types and types[story.slug].is_active]
    moments = sorted(some_time(random, until - WINDOW, until) for _ in range(count))
    for number, moment in enumerate(moments):
        story = random.choices(stories, [each.weight for each in stories])[0]
        request = _asked(random, story, types[story.slug], cast, moment)
        yield Life(number, request, story, random, cast, moment)


def _asked(
    random: Random, story: Story, kind: RequestType, cast: Cast, moment: datetime
) -> ServiceRequest:
    requester = random.choice(cast.requesters)
    title, description = random.choice(story.asks)
    return ServiceRequest(
        title=title,
        description=description,
        request_type=kind,
        department=requester.department,
        priority=random.choices([*PRIORITIES], [*PRIORITIES.values()])[0],
        answers=story.answers(random, moment.date()),
        requester=requester,
        created_at=moment,
        updated_at=moment,
    )
