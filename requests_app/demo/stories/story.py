"""What people say when they ask for one type of thing, and what they hear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from tickets.demo.stories import Job

Answers = Callable[[Random, date], dict[str, Any]]


@dataclass(frozen=True, kw_only=True)
class Story:
    """One request type in everyday words; `slug` is the type's.

    `hours` is about how long people take over all, `weight` how often it is asked for, `visits` how
    often somebody has to go there.
    """

    slug: str
    hours: float
    weight: int
    asks: Sequence[tuple[str, str]]
    answers: Answers
    resolutions: Sequence[str]
    denials: Sequence[str] = ()
    job: Job | None = None
    visits: float = 0.0


def in_days(today: date, random: Random, least: int, most: int) -> str:
    """An ISO date some days from today."""
    return (today + timedelta(days=random.randint(least, most))).isoformat()


def asset_tag(random: Random) -> str:
    return f"FT-{random.randint(1000, 9999)}"
