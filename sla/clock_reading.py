"""What the clock says about an item, and what of that it keeps so that the database can look for it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sla.alarms import Alarm, due_alarms, next_alarm
from sla.clock import Calendar, Fact, Reckoning, reckon
from sla.evidence import Past, facts_of, measured_as_of, pasts, raised
from sla.rulebook import Edition, RuleBook

if TYPE_CHECKING:
    from sla.models import UnderServiceLevel


@dataclass(frozen=True)
class Kept:
    """What an item keeps of its clock: an index, never the truth."""

    response_due_at: datetime | None
    response_warns_at: datetime | None
    due_at: datetime | None
    warns_at: datetime | None
    next_alarm_at: datetime | None

    @classmethod
    def by(cls, item: UnderServiceLevel) -> Kept:
        """What it keeps at present."""
        return cls(**{field.name: getattr(item, field.name) for field in fields(cls)})

    def as_fields(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class ClockReading:
    """What the clock says about an item at one instant."""

    at: datetime
    reckoning: Reckoning
    raised: frozenset[str]
    edition: Edition | None
    """The policy and the calendar by which the clock went then; None where nothing was promised."""

    @property
    def kept(self) -> Kept:
        return self.kept_after(())

    @property
    def alarms(self) -> list[Alarm]:
        """What is to be said about it now."""
        return due_alarms(self.reckoning, self.raised, self._calendar, at=self.at)

    def kept_after(self, alarms: Iterable[str]) -> Kept:
        """What it keeps once these alarms are raised too."""
        said = self.raised.union(alarms)
        response, resolution = self.reckoning.response, self.reckoning.resolution
        return Kept(
            response_due_at=response.due if response else None,
            response_warns_at=response.warns if response else None,
            due_at=resolution.due if resolution else None,
            warns_at=resolution.warns if resolution else None,
            next_alarm_at=next_alarm(self.reckoning, said, self._calendar),
        )

    @property
    def _calendar(self) -> Calendar | None:
        return self.edition.clock_calendar if self.edition else None


def read_clock(
    item: UnderServiceLevel, past: Past, *, now: datetime, book: RuleBook | None = None
) -> ClockReading:
    """What it says at present, where no fact is unknown: machines may differ by a little.

    Without a book, one query for the editions that count.
    """
    facts = facts_of(item, past)
    return _reading(item, past, facts, at=max(now, *(fact.at for fact in facts)), book=book)


def read_clock_then(item: UnderServiceLevel, past: Past, *, at: datetime) -> ClockReading:
    """What it said at a past instant, when nothing later was known."""
    return _reading(item, past, facts_of(item, past), at=at, book=None)


def read_clocks(
    items: Sequence[UnderServiceLevel], *, now: datetime, book: RuleBook
) -> Iterator[tuple[UnderServiceLevel, ClockReading]]:
    """What it says at present about some items of one kind; one query for the past of all of them."""
    known = pasts(items)
    for item in items:
        yield item, read_clock(item, known[item.pk], now=now, book=book)


def _reading(
    item: UnderServiceLevel,
    past: Past,
    facts: Sequence[Fact],
    *,
    at: datetime,
    book: RuleBook | None,
) -> ClockReading:
    lifecycle = item.clock_lifecycle()
    as_of = measured_as_of(facts, lifecycle, at)
    policies = {fact.policy for fact in facts if isinstance(fact.policy, int)}
    book = RuleBook.at(as_of, policies) if book is None else book
    reckoning = reckon(facts, book.terms(type(item), policies, as_of), lifecycle, at)
    policy = _policy_at(facts, at)
    edition = None if policy is None else book.edition(policy, as_of)
    return ClockReading(at, reckoning, raised(past), edition)


def _policy_at(facts: Sequence[Fact], at: datetime) -> int | None:
    """The policy under which an item was at an instant."""
    policy = None
    for fact in facts:
        if fact.at <= at and (fact.policy is None or isinstance(fact.policy, int)):
            policy = fact.policy
    return policy
