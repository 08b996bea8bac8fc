"""Items for tests of any app, brought to where a story starts."""

from __future__ import annotations

from typing import Any, TypeVar

from core.lifecycle import perform
from core.models import Record

R = TypeVar("R", bound=Record)


def through(item: R, *steps: tuple[Any, ...]) -> R:
    """`through(ticket, (ben, "triage", {"priority": "high"}), (ben, "start"))`."""
    for actor, name, *inputs in steps:
        item = perform(item, name, actor=actor, **(inputs[0] if inputs else {}))
    return item
