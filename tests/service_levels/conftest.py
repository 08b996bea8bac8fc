"""Promises about tickets, and when things happen."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from core import clock
from core.lifecycle import create
from sla.models import Calendar, Policy

When = Callable[[str], AbstractContextManager[datetime]]


def london(text: str) -> datetime:
    """`2026-05-22 14:00` on the wall in London."""
    local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo("Europe/London"))
    return local.astimezone(UTC)


@pytest.fixture
def when() -> When:
    """`with when("2026-05-22 14:00"): …` in London."""
    return lambda text: clock.at(london(text))


@pytest.fixture
def office(db: None, when: When) -> Calendar:
    """Monday to Friday, 09:00 to 17:30 in London, but for one bank holiday."""
    hours = {day: [["09:00", "17:30"]] for day in ("mon", "tue", "wed", "thu", "fri")}
    off = [{"date": "2026-05-25", "name": "Spring bank holiday"}]
    with when("2026-01-05 09:00"):
        made = Calendar(name="London", time_zone="Europe/London", hours=hours, holidays=off)
        return create(made, actor=None)


@pytest.fixture
def promise(office: Calendar, when: When) -> Any:
    """Makes a policy for tickets that comes before those of a new installation."""

    def make(name: str = "Lifts", **fields: Any) -> Policy:
        values = {
            "position": 1,
            "applies_to": "ticket",
            "calendar": office,
            "response_minutes": 4 * 60,
            "resolution_minutes": 16 * 60,
        }
        with when("2026-01-05 09:00"):
            return create(Policy(name=name, **values | fields), actor=None)

    return make
