"""The life of an item, cut at its facts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import dropwhile
from operator import attrgetter

from sla.clock.facts import Fact, Lifecycle, Terms, Unchanged
from sla.clock.stretches import Kind, Segment, joined


@dataclass(frozen=True, slots=True)
class Spell:
    """Time from one fact to the next, in which status and promise stay the same; it may have no length."""

    start: datetime
    end: datetime
    status: str
    terms: Terms | None
    responded: bool


def spells(facts: Iterable[Fact], terms: Mapping[int, Terms], at: datetime) -> list[Spell]:
    """Everything that is known at an instant; later facts have not happened yet."""
    known = sorted((fact for fact in facts if fact.at <= at), key=attrgetter("at"))
    status, policy, life = None, None, []
    ends = [*(fact.at for fact in known), at][1:]
    for fact, end in zip(known, ends, strict=True):
        status = fact.status if fact.status is not None else status
        policy = policy if isinstance(fact.policy, Unchanged) else fact.policy
        if status is None:
            raise ValueError("The first fact of an item has a status.")
        promised = None if policy is None else terms[policy]
        life.append(Spell(fact.at, end, status, promised, fact.responded))
    return life


def rests(status: str | None, terms: Terms | None, lifecycle: Lifecycle) -> str:
    """Why the clock rests in a status; empty while it runs. An item that is not there yet waits for nobody."""
    if status in lifecycle.void_in:
        return f"Void: {words(status)}"
    if status in lifecycle.done_in:
        return f"Done: {words(status)}"
    if terms is None:
        return "No service level"
    return f"Waiting: {words(status)}" if status in terms.waits_in else ""


def words(status: str | None) -> str:
    """A status as people write it."""
    return (status or "").replace("_", " ")


def segments(life: Sequence[Spell], lifecycle: Lifecycle) -> tuple[Segment, ...]:
    """The life of an item without gaps; it ends where the item was done or void and stayed so."""
    ended = lifecycle.done_in | lifecycle.void_in
    lived = list(dropwhile(lambda spell: spell.status in ended, reversed(life)))
    return tuple(joined(piece for spell in reversed(lived) for piece in pieces(spell, lifecycle)))


def pieces(spell: Spell, lifecycle: Lifecycle) -> Iterator[Segment]:
    """How the time of a spell passes: by its calendar while the clock runs."""
    if spell.start == spell.end:
        return
    policy = spell.terms.policy if spell.terms else None
    why = rests(spell.status, spell.terms, lifecycle)
    if spell.terms is None or why:
        yield Segment(spell.start, spell.end, Kind.PAUSED, why, policy)
        return
    for stretch in spell.terms.calendar.pieces(spell.start, spell.end):
        yield Segment(*stretch, policy)
