"""Why something is due when it is: the policy, the calendar, and every stretch of time that counted or did not."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from core import clock
from core.actors import Actor
from sla.clock import Measure
from sla.clock.stretches import Segment
from sla.clock_reading import ClockReading, read_clock, read_clock_then
from sla.evidence import pasts
from sla.models import Calendar, Policy, UnderServiceLevel


@dataclass(frozen=True)
class Target:
    """One promise against the clock."""

    measure: Measure

    @property
    def target_minutes(self) -> int:
        return int(self.measure.target.total_seconds()) // 60

    @property
    def used_seconds(self) -> float:
        return self.measure.used.total_seconds()

    @property
    def due_at(self) -> datetime | None:
        return self.measure.due

    @property
    def warns_at(self) -> datetime | None:
        return self.measure.warns

    @property
    def state(self) -> str:
        return str(self.measure.state)


@dataclass(frozen=True)
class InForce:
    """A policy or a calendar, and which of its versions counts."""

    id: int
    name: str
    version: int


@dataclass(frozen=True)
class Explanation:
    """How an item stood at an instant, as it is shown."""

    item: UnderServiceLevel
    reading: ClockReading
    policy: InForce | None
    calendar: InForce | None

    @property
    def at(self) -> datetime:
        return self.reading.at

    @property
    def time_zone(self) -> str | None:
        return self.reading.edition.time_zone if self.reading.edition else None

    @property
    def first_response(self) -> Target | None:
        measure = self.reading.reckoning.response
        return Target(measure) if measure else None

    @property
    def resolution(self) -> Target | None:
        measure = self.reading.reckoning.resolution
        return Target(measure) if measure else None

    @property
    def segments(self) -> tuple[Segment, ...]:
        return self.reading.reckoning.segments


def explain(item: UnderServiceLevel, *, reader: Actor, at: datetime | None = None) -> Explanation:
    """How it stands, or stood: the same answer for an instant whenever it is asked. Four queries.

    Policies and calendars exist for agents only: others are told how the clock went, not by which.
    """
    past = pasts([item])[item.pk]
    reading = read_clock_then(item, past, at=at) if at else read_clock(item, past, now=clock.now())
    edition = reading.edition
    if edition is None or not reader.is_agent:
        return Explanation(item, reading, None, None)
    policy = Policy.objects.get(pk=edition.policy)
    calendar = Calendar.objects.get(pk=edition.calendar)
    return Explanation(
        item,
        reading,
        InForce(policy.pk, policy.name, edition.number),
        InForce(calendar.pk, calendar.name, edition.calendar_number),
    )
