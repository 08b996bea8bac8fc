"""Which versions of policies and calendars were in force when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import chain
from typing import TYPE_CHECKING, Any, Self

from django.apps import apps

from sla.clock import Calendar, Terms
from sla.hours import stored_calendar

if TYPE_CHECKING:
    from sla.models import UnderServiceLevel
    from sla.models.versioned import Versioned


@dataclass(frozen=True)
class Edition:
    """One version of a policy together with one version of its calendar."""

    policy: int
    number: int
    valid_from: datetime
    response_minutes: int | None
    resolution_minutes: int | None
    waits_in: Collection[str] | None
    calendar: int
    calendar_number: int
    calendar_valid_from: datetime
    time_zone: str
    hours: str
    holidays: str

    def terms(self, waits_in: frozenset[str]) -> Terms:
        """For the clock; an item pauses as it says itself, unless the policy says otherwise."""
        return Terms(
            policy=self.policy,
            calendar=self.clock_calendar,
            response=_duration(self.response_minutes),
            resolution=_duration(self.resolution_minutes),
            waits_in=waits_in if self.waits_in is None else frozenset(self.waits_in),
        )

    @property
    def clock_calendar(self) -> Calendar:
        return stored_calendar(self.time_zone, self.hours, self.holidays)


class RuleBook:
    """The editions of some policies."""

    def __init__(self, editions: Iterable[Edition]) -> None:
        self._editions: dict[int, list[Edition]] = defaultdict(list)
        for edition in editions:
            self._editions[edition.policy].append(edition)

    @classmethod
    def whole(cls) -> Self:
        """Every edition there has been; one query."""
        return cls(Edition(*row) for row in _versions().editions())

    @classmethod
    def at(cls, moment: datetime, policies: Collection[int]) -> Self:
        """What was in force at one moment, for these policies; one query, or none for none of them."""
        rows = _versions().editions(at=moment, policies=policies) if policies else ()
        return cls(Edition(*row) for row in rows)

    def edition(self, policy: int, at: datetime) -> Edition:
        """The newest of a moment; before there was any, the first one."""
        return max(self._editions[policy], key=lambda each: _precedence(each, at))

    def terms(
        self, kind: type[UnderServiceLevel], policies: Iterable[int], at: datetime
    ) -> dict[int, Terms]:
        """What these policies promise to items of a kind, by the editions of a moment."""
        return {policy: self.edition(policy, at).terms(kind.waits_in) for policy in policies}

    def imagine(self, record: Versioned, at: datetime) -> Self:
        """The same book as if a calendar or a policy were saved at a moment as it is now."""
        current = [self.edition(policy, at) for policy in self._editions]
        return type(self)([*self, *record.imagined(current, at)])

    def __iter__(self) -> Iterator[Edition]:
        return chain.from_iterable(self._editions.values())


def _precedence(edition: Edition, at: datetime) -> tuple[bool, int, bool, int]:
    """What is in force comes before what is not yet; of the former the newest, of the latter the first."""
    is_in, its_calendar_is_in = edition.valid_from <= at, edition.calendar_valid_from <= at
    return (
        is_in,
        edition.number if is_in else -edition.number,
        its_calendar_is_in,
        edition.calendar_number if its_calendar_is_in else -edition.calendar_number,
    )


def _duration(minutes: int | None) -> timedelta | None:
    return None if minutes is None else timedelta(minutes=minutes)


def _versions() -> Any:
    return apps.get_model("sla", "PolicyVersion").objects
