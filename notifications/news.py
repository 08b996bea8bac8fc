"""What happened, together with the item that it happened to; read for many events at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from core.models import Event
from notifications.subjects import subjects

HANGS_ON_AN_ITEM = {
    # What is said, and what joins: the event is theirs, and people hear of the item.
    "discussion.comment": lambda comment: (comment.subject_type, comment.subject_id),
    "files.file": lambda file: (file.subject_type or "files.file", file.subject_id or file.pk),
    "workflows.member": lambda member: ("workflows.project", member.project_id),
}


@dataclass(frozen=True)
class News:
    """One event, the row whose event it is, and the item that people hear of because of it."""

    event: Event
    row: Any
    item: Any

    @property
    def is_for_agents(self) -> bool:
        """Whether it is about something that only agents read."""
        return bool(getattr(self.row, "is_internal", False))

    @property
    def subject_type(self) -> str:
        return str(self.item._meta.label_lower)


def read_news(events: Iterable[Event]) -> list[News]:
    """The events whose item is still there; two statements for each kind of row at most."""
    by_kind: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        by_kind[event.subject_type].append(event)
    rows = {kind: _rows(kind, [each.subject_id for each in some]) for kind, some in by_kind.items()}
    addresses = {
        (kind, pk): HANGS_ON_AN_ITEM[kind](row) if kind in HANGS_ON_AN_ITEM else (kind, pk)
        for kind, found in rows.items()
        for pk, row in found.items()
    }
    items = _items(set(addresses.values()), known=rows)
    news = []
    for kind, some in by_kind.items():
        for event in some:
            row = rows[kind].get(int(event.subject_id))
            item = items.get(addresses[kind, row.pk]) if row is not None else None
            if item is not None:
                news.append(News(event, row, item))
    return news


def _items(
    addresses: set[tuple[str, int]], *, known: Mapping[str, Mapping[int, Any]]
) -> dict[tuple[str, int], Any]:
    """The rows at these addresses; what was read already is not read again."""
    missing: dict[str, list[int]] = defaultdict(list)
    found = {}
    for kind, pk in addresses:
        if pk in known.get(kind, {}):
            found[kind, pk] = known[kind][pk]
        elif kind in subjects():
            missing[kind].append(pk)
    for kind, keys in missing.items():
        found |= {(kind, pk): row for pk, row in _rows(kind, keys).items()}
    return found


def _rows(kind: str, keys: Iterable[Any]) -> dict[int, Any]:
    model: Any = apps.get_model(kind)
    found: dict[int, Any] = model._base_manager.in_bulk({int(key) for key in keys})
    return found
