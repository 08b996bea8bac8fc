"""What the clock is told: what happened to an item, what was promised, and which statuses end it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import Enum
from typing import Final

from sla.clock.calendar import Calendar


class Unchanged(Enum):
    """What a fact says about the policy when it says nothing, because None says something."""

    UNCHANGED = "unchanged"


UNCHANGED: Final = Unchanged.UNCHANGED


@dataclass(frozen=True, slots=True)
class Fact:
    """
    Something that happened to an item at an aware moment.

    The first fact of an item has its first status and its policy. A later one has what changed: a new status, a new
    policy (None: nothing is promised from here on), the first response. Facts of one instant hold in their order.
    """

    at: datetime
    status: str | None = None
    policy: int | Unchanged | None = UNCHANGED
    responded: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "at", self.at.astimezone(UTC))


@dataclass(frozen=True, slots=True)
class Terms:
    """What a policy promises: targets in working time of a calendar, and the statuses in which the clock pauses."""

    policy: int
    calendar: Calendar
    response: timedelta | None
    resolution: timedelta | None
    waits_in: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        given = [target for target in (self.response, self.resolution) if target is not None]
        if any(target <= timedelta(0) for target in given):
            raise ValueError("A target is longer than nothing.")


@dataclass(frozen=True, slots=True)
class Lifecycle:
    """Statuses in which the work is done, and those in which nothing is promised any more."""

    done_in: frozenset[str]
    void_in: frozenset[str]
