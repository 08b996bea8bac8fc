"""Lists that are taken away as a file, by a job."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, QueryDict
from django.urls import resolve
from rest_framework.request import Request

from accounts.models import User
from core import clock
from core.errors import NotPermitted
from core.export import csv_lines
from core.lifecycle import create
from core.transactions import atomic_with_retry
from files.models import File
from files.reception import Received, Reception
from files.storage import CHUNK
from jobs.work import Work

ROWS_AT_ONCE = 500


def export_to_file(work: Work) -> dict[str, Any]:
    """Write the rows that the owner sees now as CSV into a file of their own; the result names it.

    The file and the job's memory of it are one: run again, it answers with the same file.
    """
    if work.owner is None:
        raise NotPermitted("An export belongs to somebody.")
    made = work.kept.get("file")
    file = File.objects.get(pk=made) if made else _exported(work, work.owner)
    return {"file": file.pk, "reference": file.reference, "title": file.title}


def rows_of(view_class: Any, query: str, person: User) -> Any:
    """What the list with this query has for somebody. Raises InvalidInput for a wrong query."""
    asked = HttpRequest()
    asked.method, asked.GET = "GET", QueryDict(query)
    request = Request(asked)
    request.user = person
    view = view_class(request=request, action="export", kwargs={}, format_kwarg=None)
    view.pagination_class = None  # no parameter of pages belongs to an export
    return view.filter_queryset(view.get_queryset()).order_by("pk")


def _exported(work: Work, owner: User) -> File:
    """Bytes of this attempt's own: another one, which took this one for dead, may be writing, too."""
    view_class = resolve(work.arguments["list"]).func.cls  # type: ignore[attr-defined]
    rows = rows_of(view_class, work.arguments["query"], owner)
    reception = Reception(f"{work.arguments['called']} {clock.now():%Y-%m-%d %H.%M}.csv")
    try:
        for piece in _encoded(csv_lines(_told(work, rows), view_class.export_columns)):
            reception.write(piece)
        received = reception.finish()
        return atomic_with_retry(lambda: _noted(work, received, owner))
    except BaseException:
        reception.cancel()
        raise


def _noted(work: Work, received: Received, owner: User) -> File:
    file = create(received.as_file(), actor=owner)
    work.keep(file=file.pk)  # undoes both where the attempt is lost
    return file


def _told(work: Work, rows: Any) -> Iterator[Any]:
    total = rows.count()
    for done, row in enumerate(rows.iterator(chunk_size=ROWS_AT_ONCE)):
        if done % ROWS_AT_ONCE == 0:
            work.progress(done, total)
        yield row


def _encoded(lines: Iterator[str]) -> Iterator[bytes]:
    """Lines in pieces that are worth a write."""
    piece = bytearray()
    for line in lines:
        piece += line.encode()
        if len(piece) >= CHUNK:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece)
