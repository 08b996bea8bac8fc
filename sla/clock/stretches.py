"""Time cut into pieces that pass in one way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import groupby
from typing import NamedTuple, TypeVar

Span = tuple[datetime, datetime]
"""From here to there."""


class Kind(StrEnum):
    """How time passes. Only working time counts."""

    WORKING = "working"
    PAUSED = "paused"
    CLOSED = "closed"
    HOLIDAY = "holiday"


class Stretch(NamedTuple):
    """Time that passes in one way by a calendar, and why."""

    start: datetime
    end: datetime
    kind: Kind
    why: str


class Segment(NamedTuple):
    """Time in the life of an item that passes in one way, why, and under which policy."""

    start: datetime
    end: datetime
    kind: Kind
    why: str
    policy: int | None


Piece = TypeVar("Piece", Stretch, Segment)


def joined(pieces: Iterable[Piece]) -> Iterator[Piece]:
    """The same time with neighbours that differ in nothing made one."""
    for _, run in groupby(pieces, key=lambda piece: piece[2:]):
        first, *others = run
        yield first._replace(end=others[-1].end) if others else first


def reached(amount: timedelta, working: Iterable[Span]) -> datetime | None:
    """The first instant by which this much working time has passed; None if there is not so much."""
    for start, end in working:
        if amount <= end - start:
            return start + amount
        amount -= end - start
    return None
