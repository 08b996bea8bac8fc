"""What happens to each request of the demo, and when: drawn by chance, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from accounts.demo.office_hours import some_time
from accounts.demo.places import SITES
from accounts.demo.play import WINDOW, Life, drawn, soon
from accounts.models import User
from core.lifecycle import create, perform
from requests_app.demo.stories import APPROVAL_NOTES, CANCEL_REASONS, HANDOVER_NOTES, STORIES, Story
from requests_app.models import RequestType, ServiceRequest
from tickets.demo.setting import Setting
from tickets.demo.stories import Job, words
from tickets.demo.talk import say
from tickets.demo.visits import Visit

PRIORITIES = {"low": 20, "medium": 50, "high": 22, "urgent": 8}
# How much sooner or later people act on it.
PACE = {"low": 1.6, "medium": 1.0, "high": 0.6, "urgent": 0.25}
# How long people take, as a part of the story's hours; an hour in three is an office hour.
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


def asked(*, count: int, seed: str, setting: Setting, until: datetime) -> Iterator[Life]:
    """So many requests, asked over the ninety days before `until`, oldest first."""
    random = Random(seed)  # noqa: S311 - not a secret
    types = {each.slug: each for each in RequestType.objects.select_related("category")}
    stories = [story for story in STORIES if story.slug in types and types[story.slug].is_active]
    moments = sorted(some_time(random, until - WINDOW, until) for _ in range(count))
    for number, moment in enumerate(moments):
        story = random.choices(stories, [each.weight for each in stories])[0]
        own = Random(f"{seed}:{number}")  # noqa: S311 - not a secret
        yield _Life(story, types[story.slug], own, setting).lived(moment)


@dataclass
class _Life:
    """One request from asking to its end."""

    story: Story
    kind: RequestType
    random: Random
    setting: Setting
    request: ServiceRequest = field(init=False)
    requester: User = field(init=False)
    agent: User = field(init=False)

    def lived(self, begins: datetime) -> Life:
        """Everything that would happen if there were time for it."""
        yield begins
        self.request = self._wish(begins)
        self.requester = self.request.requester
        self.request = create(self.request, actor=self._asker())
        fate = drawn(self.random, FATES)
        if self.kind.approvals_needed:
            yield from self._decided(fate)
            if fate in BEFORE_APPROVAL:
                return
        yield from self._worked_on(fate)

    def _wish(self, begins: datetime) -> ServiceRequest:
        requester = self.random.choice(self.setting.cast.requesters)
        title, description = self.random.choice(self.story.asks)
        return ServiceRequest(
            title=title,
            description=description,
            request_type=self.kind,
            department=requester.department,
            priority=drawn(self.random, PRIORITIES),
            answers=self.story.answers(self.random, begins.date()),
            requester=requester,
        )

    def _asker(self) -> User:
        """Most people ask for themselves; sometimes an agent does it for them."""
        on_behalf = self.random.random() < 0.06
        return self.random.choice(self.setting.cast.agents) if on_behalf else self.requester

    def _decided(self, fate: str) -> Life:
        candidates = self.setting.cast.approvers[self.request.department_id]
        able = [person for person in candidates if person != self.requester]
        deciders = self.random.sample(able, self.kind.approvals_needed)
        if fate == "forgotten":
            return
        yield self._wait(DECIDING)
        if fate == "cancelled":
            self._withdraw()
        elif fate == "denied":
            self._do("deny", deciders[-1], reason=self.random.choice(self.story.denials))
        else:
            for person in deciders:
                self._do("approve", person, note=self.random.choice(APPROVAL_NOTES))
                yield self._wait(AGREEING)

    def _worked_on(self, fate: str) -> Life:
        self.agent = self.random.choice(self.setting.cast.agents)
        yield self._wait(STARTING)
        if fate == "called off":
            self._withdraw()
            return
        if self.random.random() < 0.2:
            by = self.random.choice(self.setting.cast.agents)
            self._do("assign", by, assignee=self.agent)
            yield self._wait(STARTING)
        if fate == "unstarted":
            return
        if self.random.random() < 0.25:
            say(self.request, self.agent, self.random.choice(words.ACKNOWLEDGEMENTS))
        self._do("start", self.agent, assignee=self.agent)
        yield self._wait(WORKING)
        if fate != "stuck":
            yield from self._finished()

    def _finished(self) -> Life:
        if self.random.random() < 0.06:
            self._hand_over()
            yield self._wait(WORKING)
        if self.story.job and self.random.random() < self.story.visits:
            yield from self._visit(self.story.job).made(request=self.request)
        self._do("complete", self.agent, resolution=self.random.choice(self.story.resolutions))
        if self.random.random() < 0.15:
            say(self.request, self.requester, self.random.choice(words.THANKS))

    def _visit(self, job: Job) -> Visit:
        goes = self.random.choice(self.setting.cast.crews[job.team])
        said = self.request.answers
        where = {"site": said.get("site", SITES[0]), "room": said.get("room", said.get("to_room"))}
        wait = 6 * PACE[self.request.priority]
        return Visit(job, goes, self.agent, self.setting, self.random, wait, where)

    def _hand_over(self) -> None:
        others = [each for each in self.setting.cast.agents if each != self.agent]
        other = self.random.choice(others)
        self._do("assign", self.agent, note=self.random.choice(HANDOVER_NOTES), assignee=other)
        self.agent = other

    def _withdraw(self) -> None:
        self._do("cancel", self.requester, reason=self.random.choice(CANCEL_REASONS))

    def _do(self, action: str, actor: User, *, note: str = "", **inputs: Any) -> None:
        self.request = perform(self.request, action, actor=actor, note=note, **inputs)

    def _wait(self, part: float) -> datetime:
        hours = part * PACE[self.request.priority] * self.story.hours
        return soon(self.random, hours)
