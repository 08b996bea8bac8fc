"""What the history of items says about their clocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import F, Q

from core.models import Event
from sla.alarms import ALARM_NAMES
from sla.clock import UNCHANGED, Fact, Lifecycle

if TYPE_CHECKING:
    from sla.models import UnderServiceLevel

MATTERS = (
    ~Q(source=F("target")) | Q(changes__has_key="sla_policy") | Q(action__in=sorted(ALARM_NAMES))
)


class Happening(NamedTuple):
    """One event, as far as the clock is concerned; `policy` is (before, after) where it changed."""

    at: datetime
    action: str
    source: str = ""
    target: str = ""
    policy: Sequence[int | None] | None = None


Past = Sequence[Happening]


def pasts(items: Sequence[UnderServiceLevel]) -> Mapping[int, list[Happening]]:
    """The past of each of some items of one kind, oldest first; in one query."""
    found: dict[int, list[Happening]] = defaultdict(list)
    if items:
        events = Event.objects.filter(
            MATTERS,
            subject_type=items[0]._meta.label_lower,
            subject_id__in=[str(item.pk) for item in items],
        )
        columns = ("subject_id", "at", "action", "source", "target", "changes__sla_policy")
        for key, *said in events.order_by("pk").values_list(*columns):
            found[int(key)].append(Happening(*said))
    return found


def facts_of(item: UnderServiceLevel, past: Past) -> list[Fact]:
    """What the clock is told about an item; what it is since its creation follows from what changed later."""
    statuses = [each.source for each in past if each.source != each.target]
    policies = [each.policy[0] for each in past if each.policy is not None]
    status: str = statuses[0] if statuses else item.status
    policy = policies[0] if policies else item.sla_policy_id
    facts = [Fact(item.created_at, status, policy)]
    for each in past:
        # Machines may differ by a little; the order of the history is the truth.
        at = max(each.at, facts[-1].at)
        facts.append(
            Fact(
                at,
                each.target if each.source != each.target else None,
                UNCHANGED if each.policy is None else each.policy[1],
            )
        )
    if item.first_responded_at is not None:
        facts.append(Fact(max(item.first_responded_at, item.created_at), responded=True))
    return facts


def measured_as_of(facts: Iterable[Fact], lifecycle: Lifecycle, at: datetime) -> datetime:
    """The instant whose calendars and policies count: when the item ended, or the one that is asked about."""
    ended = None
    for fact in facts:
        if fact.status is not None and fact.at <= at:
            is_over = fact.status in lifecycle.done_in | lifecycle.void_in
            ended = (ended or fact.at) if is_over else None
    return ended or at


def raised(past: Past) -> frozenset[str]:
    """The alarms that were raised about an item."""
    return ALARM_NAMES.intersection(each.action for each in past)
