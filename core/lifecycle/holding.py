"""Holding an item while something is hung on it."""

from __future__ import annotations

from typing import Any

from core.models import WorkItem


def hold(model: type[WorkItem], pk: int) -> bool:
    """Keep others from moving this item until the transaction ends; whether it is there at all.

    What a transition of it locks first is locked first here too: none waits for the other in a circle.
    """
    held: list[Any] = []
    item: Any = model(pk=pk)  # type: ignore[misc]
    for rows in (*model.locked_first(item, {}), model._base_manager.filter(pk=pk)):
        held = list(rows.order_by("pk").select_for_update().values_list("pk"))
    return bool(held)
