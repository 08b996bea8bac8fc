"""How promises stand, as questions to the database: for filters and figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import reduce
from operator import and_, or_
from typing import TYPE_CHECKING, Any, NamedTuple, Self, TypeVar

from django.db.models import F, Model, Q, TextChoices

from core.querysets import ScopedQuerySet

if TYPE_CHECKING:
    from sla.models import UnderServiceLevel

M = TypeVar("M", bound=Model)
Kind = type["UnderServiceLevel"]


class Standing(TextChoices):
    """Kept, broken, in danger of it, or resting: the resolution, or where it says so the first response."""

    MET = "met"
    BREACHED = "breached"
    AT_RISK = "at_risk", "At risk"
    PAUSED = "paused"
    RESPONSE_MET = "response_met", "First response met"
    RESPONSE_BREACHED = "response_breached", "First response breached"
    RESPONSE_AT_RISK = "response_at_risk", "First response at risk"


class Promise(NamedTuple):
    """The columns that say how one promise of an item stands."""

    target: str
    due: str
    warns: str
    ends: tuple[str, ...]
    """Moments of which the earliest ended it; it is under way while there is none."""

    @property
    def under_way(self) -> Q:
        return Q(**dict.fromkeys(self.ends))

    @property
    def is_promised(self) -> Q:
        return Q(**{f"sla_policy__{self.target}__isnull": False})


def resolution(kind: Kind) -> Promise:
    """The work is done."""
    return Promise("resolution_minutes", "due_at", "warns_at", (kind.ended_column,))


def first_response(kind: Kind) -> Promise:
    """Somebody answers; work that is done without that has been an answer too."""
    ends = ("first_responded_at", kind.ended_column)
    return Promise("response_minutes", "response_due_at", "response_warns_at", ends)


def met(promise: Promise, at: datetime) -> Q:
    """Ended by its due time. What ended while nothing was due counts nowhere: no column says why."""
    return _any(Q(**{f"{end}__lte": F(promise.due)}) for end in promise.ends)


def breached(promise: Promise, at: datetime) -> Q:
    """Ended after its due time, or under way and past it."""
    none_in_time = _all(
        Q(**{end: None}) | Q(**{f"{end}__gt": F(promise.due)}) for end in promise.ends
    )
    is_late = _any(Q(**{f"{end}__gt": F(promise.due)}) for end in promise.ends)
    return (none_in_time & is_late) | (promise.under_way & Q(**{f"{promise.due}__lt": at}))


def at_risk(promise: Promise, at: datetime) -> Q:
    """Under way, not late, and past the moment of the warning."""
    return promise.under_way & Q(**{f"{promise.due}__gte": at, f"{promise.warns}__lte": at})


def paused(kind: Kind, at: datetime) -> Q:
    """Open with nothing due because the clock rests: of the resolution, or of all that is promised."""
    last, first = resolution(kind), first_response(kind)
    only_first = ~last.is_promised & first.is_promised & first.under_way
    rests = (last.is_promised & Q(**{last.due: None})) | (only_first & Q(**{first.due: None}))
    return Q(status__in=kind.open_in()) & rests


CONDITIONS: Mapping[Standing, Callable[[Kind, datetime], Q]] = {
    Standing.MET: lambda kind, at: met(resolution(kind), at),
    Standing.BREACHED: lambda kind, at: breached(resolution(kind), at),
    Standing.AT_RISK: lambda kind, at: at_risk(resolution(kind), at),
    Standing.PAUSED: paused,
    Standing.RESPONSE_MET: lambda kind, at: met(first_response(kind), at),
    Standing.RESPONSE_BREACHED: lambda kind, at: breached(first_response(kind), at),
    Standing.RESPONSE_AT_RISK: lambda kind, at: at_risk(first_response(kind), at),
}


def stands(how: str, kind: Kind, at: datetime) -> Q:
    """Items whose promise stands like this; what was never promised anything stands nowhere."""
    return CONDITIONS[Standing(how)](kind, at)


class PromisedQuerySet(ScopedQuerySet[M]):
    """Items under a service level."""

    def standing(self, how: str, *, at: datetime) -> Self:
        """Those whose promise stands like this."""
        model: Any = self.model
        return self.filter(stands(how, model, at))


def _any(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions)


def _all(conditions: Iterable[Q]) -> Q:
    return reduce(and_, conditions)
