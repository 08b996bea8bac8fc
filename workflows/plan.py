"""When what can be done: the critical path through tasks that wait for each other. Pure functions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from graphlib import TopologicalSorter


@dataclass(frozen=True, slots=True)
class Job:
    """A task as the plan sees it: how many minutes are left of it, and what has to be done before."""

    id: int
    minutes: int
    after: Collection[int] = ()


@dataclass(frozen=True, slots=True)
class Slot:
    """When a task can begin and end at the earliest, in minutes from now, and how long it may wait."""

    id: int
    starts: int
    ends: int
    slack: int

    @property
    def is_critical(self) -> bool:
        """Whether everything ends later if this does."""
        return self.slack == 0


@dataclass(frozen=True, slots=True)
class Plan:
    """The tasks in an order in which they can be done."""

    minutes: int
    slots: Sequence[Slot]
    critical_path: Sequence[int]
    """One longest chain of tasks that wait for each other, from its beginning to its end."""


def plan(jobs: Sequence[Job]) -> Plan:
    """Everything as early as possible. Jobs that are not there are done, and hold nothing up.

    Raises graphlib.CycleError where they wait in a circle.
    """
    known = {job.id: job for job in jobs}
    after = {job.id: sorted(set(job.after) & set(known)) for job in jobs}
    order = list(TopologicalSorter(after).static_order())
    ends: dict[int, int] = {}
    for key in order:
        ends[key] = known[key].minutes + max((ends[each] for each in after[key]), default=0)
    whole = max(ends.values(), default=0)
    latest = _latest_ends(order, after, known, whole)
    slots = {
        key: Slot(key, ends[key] - known[key].minutes, ends[key], latest[key] - ends[key])
        for key in order
    }
    in_order = sorted(slots.values(), key=lambda slot: (slot.starts, slot.ends, slot.id))
    return Plan(whole, in_order, _longest_chain(slots, after, whole))


def _longest_chain(
    slots: Mapping[int, Slot], after: Mapping[int, Sequence[int]], whole: int
) -> list[int]:
    """Backwards from what ends last, always to what it has to wait for longest."""
    chain: list[int] = []
    here = min((key for key, slot in slots.items() if slot.ends == whole > 0), default=None)
    while here is not None:
        chain.insert(0, here)
        begins = slots[here].starts
        here = next((each for each in after[here] if slots[each].ends == begins > 0), None)
    return chain


def _latest_ends(
    order: Sequence[int], after: Mapping[int, Sequence[int]], known: Mapping[int, Job], whole: int
) -> dict[int, int]:
    """When each has to end at the latest so that everything ends in time."""
    latest = dict.fromkeys(order, whole)
    for key in reversed(order):
        for before in after[key]:
            latest[before] = min(latest[before], latest[key] - known[key].minutes)
    return latest
