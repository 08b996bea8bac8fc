"""What people say when something is broken, what they hear, and what is done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Job:
    """What somebody does on site; about how many hours it takes, and what is looked at there.

    Each has a checklist of its own, called `checklist`. Whoever goes there belongs to the `team`.
    """

    title: str
    checklist: str
    team: str = ""
    hours: float
    points: Sequence[str]
    extras: Sequence[str] = ()
    """Points without which the work can end, too."""

    notes: Sequence[str]


@dataclass(frozen=True, kw_only=True)
class Story:
    """One thing that goes wrong, as different people put it; `{room}` and `{site}` stand for where.

    `hours` is about how long it takes to mend, `weight` how often it happens, `visits` how often
    somebody has to go there.
    """

    category: str
    team: str
    tags: Sequence[str]
    weight: int
    hours: float
    reports: Sequence[tuple[str, str]]
    questions: Sequence[tuple[str, str]]
    remarks: Sequence[str]
    waits: Sequence[str]
    resolutions: Sequence[str]
    complaints: Sequence[str]
    job: Job | None = None
    visits: float = 0.0
