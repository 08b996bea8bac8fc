"""How the promises to an item stand at an instant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sla.clock.facts import Fact, Lifecycle, Terms
from sla.clock.measures import Measure, Reading, measure
from sla.clock.spells import Spell, segments, spells
from sla.clock.stretches import Segment


@dataclass(frozen=True, slots=True)
class Reckoning:
    """How an item stands at an instant, and the segments that explain it."""

    segments: tuple[Segment, ...]
    response: Measure | None
    resolution: Measure | None


def reckon(
    facts: Iterable[Fact], terms: Mapping[int, Terms], lifecycle: Lifecycle, at: datetime
) -> Reckoning:
    """
    Measure an item's promises at any instant; of facts after it nothing is known.

    `terms` has every policy that the facts name. A promise that has come to its end is measured by the policy in force
    then: the first response (or the work done without one) for good, the resolution until the item is reopened.
    """
    at = at.astimezone(UTC)
    life = spells(facts, terms, at)
    if not life:
        return Reckoning((), None, None)
    lived = segments(life, lifecycle)
    first = reading(life, answered(life, lifecycle))
    last = reading(life, done(life, lifecycle))
    return Reckoning(
        lived,
        response=measure(first.terms.response, first, lived, lifecycle) if first else None,
        resolution=measure(last.terms.resolution, last, lived, lifecycle) if last else None,
    )


def answered(life: Sequence[Spell], lifecycle: Lifecycle) -> int | None:
    """The spell that began with the first response, or with promised work done: that is an answer too."""
    found = (
        n
        for n, spell in enumerate(life)
        if spell.responded or (spell.terms is not None and spell.status in lifecycle.done_in)
    )
    return next(found, None)


def done(life: Sequence[Spell], lifecycle: Lifecycle) -> int | None:
    """The spell since which the work is done, if it is."""
    since = None
    for n in range(len(life) - 1, -1, -1):
        if life[n].status not in lifecycle.done_in:
            break
        since = n
    return since


def reading(life: Sequence[Spell], stopped_by: int | None) -> Reading | None:
    """Where the clock is now, or where it stopped: in the status before. None if nothing was promised then."""
    spell = life[-1 if stopped_by is None else stopped_by]
    if spell.terms is None:
        return None
    if stopped_by is None:
        return Reading(spell.end, spell.status, spell.terms, is_final=False)
    before = life[stopped_by - 1].status if stopped_by else None
    return Reading(spell.start, before, spell.terms, is_final=True)
