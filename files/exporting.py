"""Lists that are taken away as a file, by a job."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from django.http import HttpRequest, QueryDict
from django.urls import resolve
from rest_framework.request import Request

from accounts.models import User
from core import clock
from core.errors import NotPermitted
from core.export import csv_lines
from files.models import File
from files.reception import take_in
from files.storage import CHUNK
from jobs.work import Work

ROWS_AT_ONCE = 500


def export_to_file(work: Work) -> dict[str, Any]:
    """Write the rows that the owner sees now as CSV into a file of their own; the result names it.

    Run again, it makes the same file: its key follows from the job.
    """
    if work.owner is None:
        raise NotPermitted("An export belongs to somebody.")
    key = uuid5(NAMESPACE_URL, f"job:{work.job.pk}")
    file = File.objects.filter(key=key).first() or _exported(work, work.owner, key)
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


def _exported(work: Work, owner: User, key: Any) -> File:
    view_class = resolve(work.arguments["list"]).func.cls  # type: ignore[attr-defined]
    rows = rows_of(view_class, work.arguments["query"], owner)
    name = f"{work.arguments['called']} {clock.now():%Y-%m-%d %H.%M}.csv"
    lines = csv_lines(_told(work, rows), view_class.export_columns)
    return take_in(name, _encoded(lines), actor=owner, key=key)


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
