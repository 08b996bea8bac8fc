"""Tables of more rows than one waits for: kept as a file of one's own, and imported by a job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.urls import resolve

from core.errors import InvalidInput, NotFound, NotPermitted
from core.imports import import_csv
from core.models import Record
from core.querysets import visible_row
from files.models import File
from files.storage import place_of, store
from jobs.work import Work

MOST_ROWS = 1_000
NAMED = 100


def import_from_file(work: Work) -> dict[str, Any]:
    """Import every row of a file, or none: in the job's own transaction, as its owner may now."""
    if work.owner is None:
        raise NotPermitted("An import is made by somebody.")
    view_class = resolve(work.arguments["route"]).func.cls  # type: ignore[attr-defined]
    given = _given(view_class.import_resource._meta.model, work)
    resource = view_class.import_resource(actor=work.owner, given=given)
    dry_run = work.arguments["dry_run"]
    rows, bad = import_csv(resource, _text(work), dry_run=dry_run, most=MOST_ROWS)
    if bad and not dry_run:
        lines = " ".join(f"Line {row.line}: {row.reason}" for row in bad[:NAMED])
        raise InvalidInput(f"{len(bad)} of {rows} rows are wrong, so nothing was imported. {lines}")
    shown = [asdict(row) for row in bad[:NAMED]]
    return {
        "rows": rows,
        "imported": 0 if dry_run else rows,
        "dry_run": dry_run,
        "bad_rows": shown,
    }


def _given(model: type[Record], work: Work) -> Mapping[str, Any]:
    """The rows that stood in the address, as far as they still exist for the owner."""
    found = {}
    for name, key in work.arguments["given"].items():
        related: Any = model._meta.get_field(name).related_model
        found[name] = visible_row(related, work.owner, key)
        if found[name] is None:
            raise NotFound
    return found


def _text(work: Work) -> str:
    file = File.objects.get(pk=work.arguments["file"])
    return b"".join(store().chunks(place_of(file.key))).decode()
