"""How the promise of a resolution stands, as a question to the database: for filters and figures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, Self, TypeVar

from django.db.models import F, Model, Q, TextChoices

from core.querysets import ScopedQuerySet

M = TypeVar("M", bound=Model)


class Standing(TextChoices):
    """Kept, broken, or in danger of it."""

    MET = "met"
    BREACHED = "breached"
    AT_RISK = "at_risk", "At risk"


def met(ended: str, at: datetime) -> Q:
    """Done by its due time."""
    return Q(**{f"{ended}__lte": F("due_at")})


def breached(ended: str, at: datetime) -> Q:
    """Done after its due time, or not done and past it."""
    return Q(**{f"{ended}__gt": F("due_at")}) | Q(**{f"{ended}__isnull": True}, due_at__lt=at)


def at_risk(ended: str, at: datetime) -> Q:
    """Not done, not late, and past the moment of the warning."""
    return Q(**{f"{ended}__isnull": True}, due_at__gte=at, warns_at__lte=at)


CONDITIONS: Mapping[Standing, Callable[[str, datetime], Q]] = {
    Standing.MET: met,
    Standing.BREACHED: breached,
    Standing.AT_RISK: at_risk,
}


class PromisedQuerySet(ScopedQuerySet[M]):
    """Items under a service level."""

    def standing(self, how: str, *, at: datetime) -> Self:
        """Those whose promise stands like this."""
        model: Any = self.model
        return self.filter(CONDITIONS[Standing(how)](model.ended_column, at))
