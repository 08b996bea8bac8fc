"""What people say when they ask for one type of thing, and what they hear."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

Answers = Callable[[Random, date], dict[str, Any]]
SITES = ("Head office", "North clinic", "Harbour office")


@dataclass(frozen=True, kw_only=True)
class Story:
    """One request type in everyday words; `slug` is the type's, `weight` how often it is asked for."""

    slug: str
    weight: int
    asks: Sequence[tuple[str, str]]
    answers: Answers
    resolutions: Sequence[str]
    denials: Sequence[str] = ()


def in_days(today: date, random: Random, least: int, most: int) -> str:
    """An ISO date some days from today."""
    return (today + timedelta(days=random.randint(least, most))).isoformat()


def asset_tag(random: Random) -> str:
    return f"FT-{random.randint(1000, 9999)}"


def room(random: Random) -> str:
    return f"{random.choice('ABC')}{random.randint(1, 4)}.{random.randint(1, 28):02d}"
