"""Plays the demo: what many people do over weeks, each thing at its own time and all in one order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from heapq import heapify, heappop, heapreplace
from random import Random
from typing import TypeVar

from django.db import transaction

from accounts.demo.office_hours import later
from core import clock

T = TypeVar("T")
Life = Iterator[datetime]
"""Somebody's doings, written down in order; wherever time passes it yields when it goes on."""

WINDOW = timedelta(days=90)
# Committing is most of the cost of a small write.
STEPS_AT_ONCE = 250


def play(lives: Iterable[Life], *, until: datetime, tell: Callable[[str], None]) -> None:
    """Let every life go on at its own times until the present; what would come later never happens."""
    first = ((next(life, until), number, life) for number, life in enumerate(lives))
    waiting = [entry for entry in first if entry[0] < until]
    heapify(waiting)
    while waiting:
        reached, *_ = waiting[0]
        tell(f"Demo day: {reached:%A, %d %B %Y}")
        with transaction.atomic():
            for _ in range(STEPS_AT_ONCE):
                _go_on(waiting, until)


def _go_on(waiting: list[tuple[datetime, int, Life]], until: datetime) -> None:
    """Take the next step of all, if there is one."""
    if not waiting:
        return
    moment, number, life = waiting[0]
    with clock.at(moment):
        following = next(life, until)
    if following < until:
        heapreplace(waiting, (max(following, moment), number, life))
    else:
        heappop(waiting)


def soon(random: Random, about_hours: float) -> datetime:
    """Some office hours from where the story stands: `yield soon(random, 2)`."""
    return later(random, clock.now(), about_hours=about_hours)


def drawn(random: Random, weights: Mapping[T, float]) -> T:
    """One of these, each as often as its weight says."""
    return random.choices([*weights], [*weights.values()])[0]
