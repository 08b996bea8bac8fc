"""The words in which a race is told: who tries what, eight at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from accounts.models import User

WIDTH = 8


@dataclass(frozen=True)
class Attempt:
    """Somebody performs a transition on an item, as a front end would ask for it, or does a deed."""

    by: str
    item: str
    name: str
    body: Mapping[str, Any] = field(default_factory=dict)


Round = list[Attempt]
Crew = Mapping[str, User]


def by_turns(*attempts: Attempt) -> Round:
    """Eight attempts, of these in turn."""
    return [attempts[number % len(attempts)] for number in range(WIDTH)]
