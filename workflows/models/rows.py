"""Related rows as they are shown with their task: loaded in the task's own statement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Predecessor:
    """A task that has to be done first, as the one that waits mentions it."""

    id: int
    title: str
    status: str

    @property
    def reference(self) -> str:
        return f"TSK-{self.id}"

    @classmethod
    def from_json(cls, rows: Iterable[Mapping[str, Any]]) -> list[Self]:
        """What `for_display()` loads, oldest first."""
        return sorted((cls(**row) for row in rows), key=lambda row: row.id)


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a checklist, as its task shows it."""

    id: int
    position: int
    text: str
    status: str

    @classmethod
    def from_json(cls, rows: Iterable[Mapping[str, Any]]) -> list[Self]:
        """What `for_display()` loads, in the order of the checklist."""
        return sorted((cls(**row) for row in rows), key=lambda row: (row.position, row.id))
