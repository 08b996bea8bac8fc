"""How history reads on a page: names instead of ids, moments in the reader's time zone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.dateparse import parse_datetime
from django.utils.formats import date_format
from django.utils.timezone import localtime

from core.actors import Actor
from core.models import Event, Record
from core.querysets import visible_rows

LONGEST = 80
Names = Mapping[str, Mapping[int, str]]


@dataclass(frozen=True)
class Line:
    """One event and what it changed, in words."""

    event: Event
    changes: list[str]


def told(item: Record, events: Iterable[Event], *, reader: Actor) -> list[Line]:
    """The events with their changes in words; one query for each relation that changed."""
    model, events = type(item), list(events)
    hidden = model.hidden_in_history(reader, status=getattr(item, "status", ""))
    fields = {field.name: field for field in model._meta.concrete_fields}
    names = {
        name: _names(field, events, reader) for name, field in fields.items() if field.is_relation
    }
    return [Line(event, list(_sentences(event, fields, names, hidden))) for event in events]


def _names(field: Any, events: list[Event], reader: Actor) -> dict[int, str]:
    pairs = (event.changes.get(field.name) or () for event in events)
    keys = {key for pair in pairs for key in pair if key is not None}
    rows = visible_rows(field.related_model, reader).filter(pk__in=keys) if keys else ()
    return {row.pk: str(row) for row in rows}


def _sentences(
    event: Event, fields: Mapping[str, Any], names: Names, hidden: Collection[str]
) -> Iterator[str]:
    for name, pair in event.changes.items():
        field = fields.get(name)
        label = str(field.verbose_name if field else name).replace("_", " ")
        label = label[:1].upper() + label[1:]
        if name in hidden or pair is None or any(isinstance(value, dict | list) for value in pair):
            yield f"{label} changed"
        else:
            before, after = (_shown(field, value, names.get(name, {})) for value in pair)
            yield f"{label}: {before} → {after}"


def _shown(field: Any, value: Any, names: Mapping[int, str]) -> str:
    if value in (None, ""):
        return "—"
    if isinstance(field, models.DateTimeField) and (moment := parse_datetime(str(value))):
        return date_format(localtime(moment), "DATETIME_FORMAT")
    labels = dict(field.flatchoices) if field is not None else {}
    text = str(names.get(value) or labels.get(value) or value)
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"
