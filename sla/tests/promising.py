"""Promises for tests, in one line each; made again where a test has emptied the database."""

from __future__ import annotations

from typing import Any

from core.lifecycle import create
from sla.models import Calendar, Policy

ALWAYS = {day: [["00:00", "24:00"]] for day in ("mon", "tue", "wed", "thu", "fri", "sat", "sun")}


def around_the_clock() -> Calendar:
    """A calendar that never closes."""
    name = "Around the clock"
    known = Calendar.objects.filter(name=name).first()
    return known or create(Calendar(name=name, time_zone="UTC", hours=ALWAYS), actor=None)


def a_promise(kind: str = "ticket", *, hours: int = 48, **fields: Any) -> Policy:
    """A policy that comes before all others, and pauses nowhere unless it says where."""
    values: dict[str, Any] = {
        "name": f"{kind.title()}s in {hours} hours",
        "position": 0,
        "applies_to": kind,
        "calendar": around_the_clock(),
        "resolution_minutes": hours * 60,
    }
    return create(Policy(**values | fields), actor=None)
