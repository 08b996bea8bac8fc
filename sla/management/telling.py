"""How commands tell which items keep something else than the clock says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from core import clock
from sla.repercussions import Difference

LABELS = {
    "response_due_at": "first response due",
    "response_warns_at": "first response in danger from",
    "due_at": "resolution due",
    "warns_at": "resolution in danger from",
    "next_alarm_at": "next alarm",
}


def told(difference: Difference) -> str:
    """`TCK-42: resolution due 2026-11-20T09:30:00.000000Z → none`."""
    return f"{difference.item.reference}: {', '.join(_changes(difference))}"


def _changes(difference: Difference) -> Iterator[str]:
    before, after = difference.before.as_fields(), difference.after.as_fields()
    for name, label in LABELS.items():
        if before[name] != after[name]:
            yield f"{label} {_moment(before[name])} → {_moment(after[name])}"


def _moment(moment: datetime | None) -> str:
    return clock.timestamp(moment) if moment else "none"
