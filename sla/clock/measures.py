"""One promise against the clock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import chain

from sla.clock.facts import Lifecycle, Terms
from sla.clock.spells import rests
from sla.clock.stretches import Kind, Segment, Span, reached


class State(StrEnum):
    """How a promise stands. Breached is what was not done by its due instant, done since or not."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    BREACHED = "breached"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Measure:
    """
    A target, the working time used, and the instants at which all of it and three quarters of it are used up.

    Instants that have passed stay; those to come are as if nothing more happened, so a paused clock has none.
    """

    target: timedelta
    used: timedelta
    due: datetime | None
    warns: datetime | None
    state: State


@dataclass(frozen=True, slots=True)
class Reading:
    """The instant up to which a promise is measured, and how time would pass from there on."""

    at: datetime
    status: str | None
    terms: Terms
    is_final: bool


def measure(
    target: timedelta | None, reading: Reading, segments: Iterable[Segment], lifecycle: Lifecycle
) -> Measure | None:
    """How a promise stands at a reading; None where none was given."""
    if target is None:
        return None
    worked = list(working(segments, until=reading.at))
    used = sum((end - start for start, end in worked), timedelta(0))
    if reading.status in lifecycle.void_in:
        return Measure(target, used, due=None, warns=None, state=State.VOID)
    due = instant(target, worked, reading, lifecycle)
    warns = instant(target * 3 // 4, worked, reading, lifecycle)
    return Measure(target, used, due, warns, state(due, reading, lifecycle))


def working(segments: Iterable[Segment], *, until: datetime) -> Iterator[Span]:
    """The working time that counts, up to the reading."""
    for segment in segments:
        if segment.kind is Kind.WORKING and segment.start < until:
            yield segment.start, min(segment.end, until)


def instant(
    amount: timedelta, worked: list[Span], reading: Reading, lifecycle: Lifecycle
) -> datetime | None:
    """When this much working time was used, or will be if the clock goes on running."""
    runs = not rests(reading.status, reading.terms, lifecycle)
    ahead = reading.terms.calendar.working(reading.at) if runs else ()
    return reached(amount, chain(worked, ahead))


def state(due: datetime | None, reading: Reading, lifecycle: Lifecycle) -> State:
    """Past its due instant a promise is breached for good, as long as its target stands."""
    if due is not None and due < reading.at:
        return State.BREACHED
    if reading.is_final:
        return State.MET
    return State.PAUSED if rests(reading.status, reading.terms, lifecycle) else State.RUNNING
