"""Proof that what items keep is what the clock says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sla.models.under import under_service_levels
from sla.repercussions import Difference, differences
from sla.rulebook import RuleBook

PATIENCE = 5
"""How often an item that changes under our eyes is read again."""


def wrong_items() -> Iterator[Difference]:
    """Every item that keeps something else than the clock says; in batches, without locks."""
    for model in under_service_levels().values():
        rows: Any = model._base_manager
        for difference in differences(rows.all(), book=RuleBook.whole()):
            if settled := _settled(difference, rows):
                yield settled


def _settled(difference: Difference, rows: Any) -> Difference | None:
    """The same, unless it came from reading a row and its history at different moments."""
    found: Difference | None = difference
    for _ in range(PATIENCE):
        if found is None or rows.filter(pk=found.item.pk, version=found.item.version).exists():
            return found
        again = rows.filter(pk=found.item.pk)
        found = next(differences(again, book=RuleBook.whole()), None)
    return found
