"""Tables of more rows than one waits for: kept as a file of one's own, and imported by a job."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.urls import resolve

from core.errors import Conflict, InvalidInput, NotFound, NotPermitted
from core.imports import import_csv
from core.models import Record
from core.querysets import visible_row
from core.transactions import atomic_with_retry
from files.errors import BytesMissing
from files.models import File
from files.states import FileStatus
from files.storage import answering, place_of, store
from jobs.work import Work

MOST_ROWS = 1_000
NAMED = 100


def import_from_file(work: Work) -> dict[str, Any]:
    """Import every row of a file, or none, once over all attempts, as its owner may now."""
    if work.owner is None:
        raise NotPermitted("An import is made by somebody.")
    done: dict[str, Any] | None = work.kept.get("imported")
    if done is not None:
        return done
    text = _text(work)  # before the transaction: the storage may be slow
    return atomic_with_retry(lambda: _imported(work, text))


def _imported(work: Work, text: str) -> dict[str, Any]:
    view_class = resolve(work.arguments["route"]).func.cls  # type: ignore[attr-defined]
    given = _given(view_class.import_resource._meta.model, work)
    resource = view_class.import_resource(actor=work.owner, given=given)
    dry_run = work.arguments["dry_run"]
    rows, bad = import_csv(resource, text, dry_run=dry_run, most=MOST_ROWS)
    if bad and not dry_run:
        lines = " ".join(f"Line {row.line}: {row.reason}" for row in bad[:NAMED])
        raise InvalidInput(f"{len(bad)} of {rows} rows are wrong, so nothing was imported. {lines}")
    result = {
        "rows": rows,
        "imported": 0 if dry_run else rows,
        "dry_run": dry_run,
        "bad_rows": [asdict(row) for row in bad[:NAMED]],
    }
    work.keep(imported=result)  # undoes the rows where the attempt is lost
    return result


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
    if file.status in (FileStatus.DELETED, FileStatus.QUARANTINED):
        raise Conflict(f"{file.title} was taken away or put away meanwhile: send it again.")
    try:
        with answering():
            return b"".join(store().chunks(place_of(file.key))).decode()
    except FileNotFoundError as error:
        raise BytesMissing from error
