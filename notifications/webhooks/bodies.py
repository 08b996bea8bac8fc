"""What a webhook is sent: the item and the event, as far as its account sees them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import orjson

from accounts.models import User
from core import clock
from core.models import Event, Record
from core.models.attached import Attached


def body_of(
    event: Event, event_type: str, item: Record, *, reader: User, people: Mapping[int, User]
) -> str:
    """The JSON that is signed and sent; `people` names the actors."""
    return orjson.dumps(
        {
            "type": event_type,
            "timestamp": clock.timestamp(event.at),
            "data": {
                "item": _item(event.subject_type, item),
                "event": _event(event, item, reader, people),
            },
        }
    ).decode()


def veiled(body: str, item: Record, reader: User) -> str:
    """The body without what its reader may read no more."""
    hidden = item.hidden_in_any_history(reader)
    if not hidden:
        return body
    said = orjson.loads(body)
    changes = said["data"]["event"]["changes"]
    if all(changes[name] is None for name in hidden & changes.keys()):
        return body
    changes.update(dict.fromkeys(hidden & changes.keys()))
    return orjson.dumps(said).decode()


def _item(kind: str, item: Record) -> dict[str, Any]:
    """The item as it is when it is told."""
    shown = {"kind": kind, **item.summary(), "status": getattr(item, "status", None)}
    if isinstance(item, Attached):
        shown["on"] = item.subject_reference
    return shown


def _event(event: Event, item: Record, reader: User, people: Mapping[int, User]) -> dict[str, Any]:
    actor = people.get(event.actor_id) if event.actor_id else None
    return {
        "id": event.pk,
        "at": clock.timestamp(event.at),
        "actor": actor and actor.summary(),
        "action": event.action,
        "source": event.source,
        "target": event.target,
        "note": event.note,
        "changes": _changes(event, item, reader),
    }


def _changes(event: Event, item: Record, reader: User) -> dict[str, Any]:
    """As the history shows them; without what may be taken back later, as nobody can call it back."""
    hidden = item.hidden_in_any_history(reader)
    return {name: None if name in hidden else pair for name, pair in event.changes.items()}
