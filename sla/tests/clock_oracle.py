"""The clock as a child would keep it: look at the wall once a minute and keep a tally. Slow, and plainly right."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from zoneinfo import ZoneInfo

from sla.clock import UNCHANGED, Calendar, Fact, Lifecycle, Terms

MINUTE = timedelta(minutes=1)
PATIENCE = timedelta(days=4)
"""How long the child goes on looking for a due instant."""


def look(calendar: Calendar, minute: datetime) -> str:
    """What the wall clock and the list of holidays say about one minute."""
    wall = minute.astimezone(ZoneInfo(calendar.time_zone))
    today, yesterday = wall.date(), wall.date() - timedelta(days=1)
    shown = wall.hour * 60 + wall.minute
    for day, since_its_midnight in ((today, shown), (yesterday, shown + 1440)):
        for start, end in calendar.hours[day.weekday()]:
            if start <= since_its_midnight < end:
                return "holiday" if day in calendar.holidays else "working"
    return "closed"


@dataclass
class Tally:
    """What has been written down when somebody asks how the promises stand."""

    moment: datetime
    status: str | None
    terms: Terms | None
    worked: list[datetime]
    is_final: bool


class Child:
    """Lives through the facts of an item, minute by minute, until it is asked."""

    def __init__(
        self, facts: list[Fact], terms: dict[int, Terms], lifecycle: Lifecycle, at: datetime
    ) -> None:
        self.terms, self.lifecycle, self.first = terms, lifecycle, facts[0].at
        self.status: str | None = None
        self.policy: int | None = None
        self.minutes: list[tuple[str, int | None]] = []
        self.worked: list[datetime] = []
        self.answered: Tally | None = None
        self.done: Tally | None = None
        self.ended_after: int | None = None
        self.live(facts, at)
        self.now = self.tally(at)

    def live(self, facts: list[Fact], at: datetime) -> None:
        """Hear what happens, and write every minute down."""
        minute = self.first
        while True:
            for fact in facts:
                if fact.at == minute:
                    self.hear(fact)
            if minute == at:
                return
            kind = self.kind(minute)
            self.minutes.append((kind, self.policy))
            if kind == "working":
                self.worked.append(minute)
            minute += MINUTE

    def hear(self, fact: Fact) -> None:
        """A fact's promise counts at once; its status from the next minute on."""
        if fact.policy is not UNCHANGED:
            self.policy = fact.policy
        stopped = self.tally(fact.at, is_final=True)
        was_done = self.status in self.lifecycle.done_in
        self.status = fact.status or self.status
        is_done = self.status in self.lifecycle.done_in
        is_answer = fact.responded or (is_done and self.policy is not None)
        if is_answer and not self.answered:
            self.answered = stopped
        if is_done and not was_done:
            self.done = stopped
        elif not is_done:
            self.done = None
        if not is_done and self.status not in self.lifecycle.void_in:
            self.ended_after = None
        elif self.ended_after is None:
            self.ended_after = len(self.minutes)

    def tally(self, moment: datetime, *, is_final: bool = False) -> Tally:
        """Everything so far, put aside."""
        return Tally(moment, self.status, self.terms.get(self.policy), [*self.worked], is_final)

    def kind(self, minute: datetime) -> str:
        """How this minute passes."""
        if self.policy is None or self.stands(self.status, self.terms[self.policy]):
            return "paused"
        return look(self.terms[self.policy].calendar, minute)

    def stands(self, status: str | None, terms: Terms) -> bool:
        """Whether the clock stands in this status."""
        return status in terms.waits_in | self.lifecycle.done_in | self.lifecycle.void_in

    def segments(self) -> Iterator[tuple[datetime, datetime, str, int | None]]:
        """Runs of like minutes, up to the end of the work."""
        start = self.first
        for (kind, policy), run in groupby(self.minutes[: self.ended_after]):
            end = start + len(list(run)) * MINUTE
            yield start, end, kind, policy
            start = end

    def state(self, tally: Tally, due: datetime | None) -> str:
        """What the child would say of a promise."""
        if tally.status in self.lifecycle.void_in:
            return "void"
        if due and due < tally.moment:
            return "breached"
        if tally.is_final:
            return "met"
        return "paused" if self.stands(tally.status, tally.terms) else "running"

    def when(self, amount: timedelta, tally: Tally) -> datetime | None:
        """The end of the minute that fills the amount, in the past or within the child's patience."""
        if tally.status in self.lifecycle.void_in:
            return None
        wanted, worked, minute = amount // MINUTE, [*tally.worked], tally.moment
        if not self.stands(tally.status, tally.terms):
            while len(worked) < wanted and minute < tally.moment + PATIENCE:
                if look(tally.terms.calendar, minute) == "working":
                    worked.append(minute)
                minute += MINUTE
        return worked[wanted - 1] + MINUTE if len(worked) >= wanted else None
