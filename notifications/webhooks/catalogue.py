"""What can be heard of, derived from what is declared: kinds of items, and types such as `tickets.ticket.resolve`."""

from __future__ import annotations

from functools import cache

from core.lifecycle import declared
from core.models import Record
from core.registry import records

EVERYTHING = "*"
TEST = "flowtrack.test"
FOR_ADMINS = frozenset({"accounts"})
"""Apps whose items others see by their names alone: how accounts change is the admins' business."""

PLAIN_ACTIONS = ("created", "changed", "deleted")


@cache
def kinds() -> dict[str, type[Record]]:
    """Every kind of item whose changes leave events, by its name."""
    return {model._meta.label_lower: model for model in sorted(records(), key=_name)}


@cache
def event_types() -> frozenset[str]:
    """Every type that can be chosen by its name; what else is noted of an item comes with `*`."""
    return frozenset(
        f"{kind}.{action}"
        for kind, model in kinds().items()
        for action in (*PLAIN_ACTIONS, *declared(model))
    )


def _name(model: type[Record]) -> str:
    return model._meta.label_lower


def is_for_admins(kind: str) -> bool:
    """Whether only admins hear of what happens to items of this kind."""
    return kind.partition(".")[0] in FOR_ADMINS
