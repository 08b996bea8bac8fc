"""Who knows whom: parts above accounts bring people together, and say so here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q

Circle = Callable[[Any], Q]
"""Given a person, which rows of people they know."""

_circles: list[Circle] = []


def circle(rule: Circle) -> Circle:
    """Register a way in which people know each other; who know each other can choose each other."""
    _circles.append(rule)
    return rule


def known_to(person: Any) -> Q:
    """Everybody whom this person knows; themselves, at least."""
    known = Q(pk=person.pk)
    for rule in _circles:
        known |= rule(person)
    return known
