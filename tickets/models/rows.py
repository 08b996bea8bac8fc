"""Related rows as they are shown with their item: loaded in the item's own statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from core.db.json import moment_of

PREFIX = "TCK"
"""How people name a ticket."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A ticket that follows another, as that one mentions it."""

    id: int
    title: str
    requester_id: int

    @property
    def reference(self) -> str:
        return f"{PREFIX}-{self.id}"

    @classmethod
    def from_json(cls, rows: Iterable[Mapping[str, Any]]) -> list[Self]:
        """What `for_display()` loads, oldest first."""
        return sorted((cls(**row) for row in rows), key=lambda row: row.id)


@dataclass(frozen=True, slots=True)
class ChecklistRow:
    """A point of a checklist, as its work order shows it."""

    id: int
    position: int
    text: str
    is_required: bool
    status: str
    ticked_at: datetime | None
    ticked_by: Mapping[str, Any] | None

    @classmethod
    def from_json(cls, rows: Iterable[Mapping[str, Any]]) -> list[Self]:
        """What `for_display()` loads, in the order of the checklist."""
        return sorted(map(cls._of, rows), key=lambda row: (row.position, row.id))

    @classmethod
    def _of(cls, row: Mapping[str, Any]) -> Self:
        by = {"id": row["ticked_by_id"], "name": row["ticked_by_name"]}
        return cls(
            id=row["id"],
            position=row["position"],
            text=row["text"],
            is_required=bool(row["is_required"]),  # SQLite says 0 and 1
            status=row["status"],
            ticked_at=moment_of(row["ticked_at"]),
            ticked_by=by if by["id"] is not None else None,
        )
