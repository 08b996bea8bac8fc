"""Calendars and policies for migrations, where models have no methods of ours; made once, by their names."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

THE_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)
"""Before there was anything: what a first version says holds for all that was there already."""

WORKDAYS = ("mon", "tue", "wed", "thu", "fri")
ALWAYS = {day: [["00:00", "24:00"]] for day in (*WORKDAYS, "sat", "sun")}


def calendar(apps: Any, name: str, *, time_zone: str, hours: Any) -> Any:
    """The calendar of this name, made with its first version if there is none."""
    says = {"time_zone": time_zone, "hours": hours, "holidays": []}
    found, is_new = apps.get_model("sla", "Calendar").objects.get_or_create(
        name=name, defaults=says
    )
    if is_new:
        versions = apps.get_model("sla", "CalendarVersion").objects
        versions.create(calendar=found, number=1, valid_from=THE_BEGINNING, **says)
    return found


def around_the_clock(apps: Any) -> Any:
    """The calendar that never closes."""
    return calendar(apps, "Around the clock", time_zone="UTC", hours=ALWAYS)


def policy(
    apps: Any,
    name: str,
    *,
    calendar: Any,
    response_minutes: int | None = None,
    resolution_minutes: int | None = None,
    waits_in: list[str] | None = None,
    **fields: Any,
) -> Any:
    """The policy of this name, made with its first version if there is none."""
    says = {
        "calendar": calendar,
        "response_minutes": response_minutes,
        "resolution_minutes": resolution_minutes,
        "waits_in": waits_in,
    }
    found, is_new = apps.get_model("sla", "Policy").objects.get_or_create(
        name=name, defaults={**says, **fields}
    )
    if is_new:
        versions = apps.get_model("sla", "PolicyVersion").objects
        versions.create(policy=found, number=1, valid_from=THE_BEGINNING, **says)
    return found
