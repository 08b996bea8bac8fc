"""What happens to one ticket of the demo, from its report to its end."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass, field
from datetime import datetime
from random import Random
from typing import Any

from accounts.demo.play import Life, drawn, soon
from accounts.models import User
from core.lifecycle import change, create, perform
from tickets.demo.setting import Setting
from tickets.demo.stories import Job, Story, words
from tickets.demo.talk import say, watch
from tickets.demo.visits import Visit
from tickets.models import Link, Ticket

PRIORITIES = {"low": 18, "medium": 50, "high": 24, "urgent": 8}
# How much sooner or later people act on it.
PACE = {"low": 1.7, "medium": 1.0, "high": 0.45, "urgent": 0.2}
# About how many office hours people take.
TRIAGING, ANSWERING, ASKING, WAITING, AGREEING = 0.8, 1.5, 3.0, 8.0, 14.0
FATES = {"mended": 84, "called off": 5, "no fault": 3, "ignored": 2, "unstarted": 2, "stuck": 4}


@dataclass
class Trouble:
    """One ticket; a second report of the same fault names the first."""

    story: Story
    where: dict[str, str]
    random: Random
    setting: Setting
    first: Trouble | None = None
    ticket: Ticket = field(init=False)
    agent: User = field(init=False)

    def lived(self, begins: datetime) -> Life:
        """Everything that would happen if there were time for it."""
        yield begins
        self.priority = drawn(self.random, PRIORITIES)
        self._report()
        fate = drawn(self.random, FATES)
        yield self._wait(TRIAGING)
        if self.first and (yield from self._recognised(self.first)):
            return
        if fate == "called off":
            self._do("cancel", self.ticket.requester, reason=self._one_of(words.CALLED_OFF))
        elif fate == "no fault":
            self._do("cancel", self._somebody(), reason=self._one_of(words.SPAM))
        elif fate != "ignored":
            self._triage()
            yield from self._seen_to(fate)

    def _seen_to(self, fate: str) -> Life:
        yield self._wait(ANSWERING)
        if fate == "unstarted":
            say(self.ticket, self.ticket.requester, self._one_of(words.NUDGES))
            return
        yield from self._talked_over()
        self._do("start", self.agent)
        mended = yield from self._worked_on(fate)
        if mended:
            yield from self._agreed()

    def _report(self) -> None:
        requester = self.random.choice(self.setting.cast.requesters)
        by_phone = self.random.random() < 0.15
        title, description = self._one_of(self.story.reports)
        ticket = Ticket(
            title=title.format(**self.where),
            description=description.format(**self.where),
            category=self.setting.categories.get(self.story.category),
            requester=requester,
            tags=[*self.story.tags] if by_phone else [],
        )
        self.ticket = create(ticket, actor=self._somebody() if by_phone else requester)

    def _recognised(self, first: Trouble) -> Generator[datetime, None, bool]:
        """Whether an agent finds that it is the same as an older one, and that it stays so."""
        agent, survivor = self._somebody(), Ticket.objects.get(pk=first.ticket.pk)
        if not survivor.is_open or survivor.merged_into_id:
            create(Link.between(self.ticket, "duplicates", survivor), actor=agent)
            self._do("cancel", agent, reason=words.MENDED_ALREADY.format(other=survivor))
            return True
        note = self._one_of(words.SAME_THING)
        self._do("merge", agent, note=note, merged_into=survivor)
        yield self._wait(ASKING)
        if self.random.random() < 0.8:
            return True
        self._do("unmerge", agent, note=self._one_of(words.NOT_THE_SAME))
        return self.ticket.status != Ticket.Status.NEW

    def _triage(self) -> None:
        """Into the right queue, with a priority, and to somebody who sees to it."""
        by, team = self._somebody(), self.setting.cast.teams[self.story.team]
        if self.ticket.team != team:
            self._do("transfer", by, team=team)
        self._do("triage", by, priority=self.priority)
        self.ticket = change(self.ticket, actor=by, tags=[*self.story.tags])
        self.agent = self.ticket.assignee or self._somebody()
        if self.ticket.assignee is None:
            self._do("assign", by, assignee=self.agent)
        if self.random.random() < 0.3:
            say(self.ticket, by, self._one_of(self.story.remarks), internal=True)
        if self.random.random() < 0.15:
            watch(self.ticket, self.random.choice(self.setting.cast.agents))

    def _talked_over(self) -> Life:
        """A first answer, often with a question; now and then the start of the work is all there is."""
        if self.random.random() < 0.35:
            return
        if self.random.random() < 0.5:
            question, answer = self._one_of(self.story.questions)
            say(self.ticket, self.agent, question)
            yield self._wait(ASKING)
            say(self.ticket, self.ticket.requester, answer)
        else:
            say(self.ticket, self.agent, self._one_of(words.ACKNOWLEDGEMENTS))
        yield self._wait(ANSWERING)

    def _worked_on(self, fate: str) -> Generator[datetime, None, bool]:
        """Find out and mend it, until it is resolved; whether that happens at all."""
        yield self._wait(self.story.hours / 3)
        if fate == "stuck" or self.random.random() < 0.15:
            self._do("block", self.agent, reason=self._one_of(self.story.waits))
            yield self._wait(WAITING)
            if fate == "stuck":
                say(self.ticket, self.ticket.requester, self._one_of(words.NUDGES))
                return False
            self._do("unblock", self.agent)
        if self.random.random() < 0.05:
            self._hand_over()
        if self.story.job and self.random.random() < self.story.visits:
            visit = self._visit(self.story.job)
            if not (yield from visit.made(ticket=self.ticket)):
                return False
        if self.random.random() < 0.25:
            say(self.ticket, self.agent, self._one_of(words.PROGRESS))
        yield self._wait(self.story.hours / 3)
        self._resolve()
        return True

    def _agreed(self) -> Life:
        """The requester looks at it: content, silent, or not content at all."""
        requester = self.ticket.requester
        yield self._wait(AGREEING / 4)
        if self.random.random() < 0.07 and self._is_still(Ticket.Status.RESOLVED):
            self._do("reopen", requester, reason=self._one_of(self.story.complaints))
            yield self._wait(self.story.hours)
            self._resolve()
            yield self._wait(AGREEING / 4)
        if self.random.random() < 0.3:
            say(self.ticket, requester, self._one_of(words.THANKS))
        if self.random.random() < 0.5:
            yield self._wait(AGREEING)
            if self._is_still(Ticket.Status.RESOLVED):
                self._do("close", requester)

    def _resolve(self) -> None:
        self._do("resolve", self.agent, resolution=self._one_of(self.story.resolutions))

    def _hand_over(self) -> None:
        others = [each for each in self._crew() if each != self.agent]
        if others:
            other = self.random.choice(others)
            asks = self._one_of(words.HANDOVERS).format(name=other.name)
            say(self.ticket, self.agent, asks, internal=True)
            self._do("assign", self.agent, assignee=other)
            self.agent = other

    def _visit(self, job: Job) -> Visit:
        goes = self.random.choice(self._crew())
        wait = 8 * PACE[self.priority]
        return Visit(job, goes, self.agent, self.setting, self.random, wait, self.where)

    def _is_still(self, status: str) -> bool:
        """FlowTrack closes, too, what was left alone."""
        return Ticket.objects.filter(pk=self.ticket.pk, status=status).exists()

    def _do(self, action: str, actor: User, *, note: str = "", **inputs: Any) -> None:
        self.ticket = perform(self.ticket, action, actor=actor, note=note, **inputs)

    def _crew(self) -> list[User]:
        return self.setting.cast.crews[self.story.team]

    def _somebody(self) -> User:
        return self.random.choice(self._crew())

    def _one_of(self, choices: Any) -> Any:
        return self.random.choice(choices)

    def _wait(self, hours: float) -> datetime:
        return soon(self.random, hours * PACE[self.priority])
