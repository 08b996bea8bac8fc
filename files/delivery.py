"""How somebody gets a file: after every question was asked, as a download that no browser runs."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from core.actors import Actor
from core.lifecycle import mark
from files.errors import BytesMissing, NotAvailable
from files.kinds import told_to_browsers
from files.models import File
from files.storage import CHUNK, answering, place_of, store

HEADERS = {
    "Cache-Control": "private, no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
}
REASONS = {
    File.Status.RECEIVED: "It was not scanned yet. Try again in a moment.",
    File.Status.SCANNING: "It is being scanned. Try again in a moment.",
    File.Status.QUARANTINED: "The scanner found something harmful in it, so nobody gets it.",
    File.Status.DELETED: "It was taken away.",
}


class Download(FileResponse):
    """Bytes in pieces that suit large files."""

    block_size = CHUNK


def deliver(file: File, *, reader: Actor) -> HttpResponseBase:
    """The bytes, or a short-lived address of them, for somebody for whom the file exists.

    That they got it is in the history before they have it. Raises NotAvailable or BytesMissing.
    """
    _refuse_unless_available(file)
    disposition = str(content_disposition_header(True, file.title))
    media_type = told_to_browsers(file.content_type)
    answer = _answer(file, disposition, media_type)
    noted = mark(file, "downloaded", by=reader, unless=lambda fresh: not fresh.is_available)
    if noted is None:
        answer.close()
        raise NotAvailable("It has just been taken away.")
    return answer


def _answer(file: File, disposition: str, media_type: str) -> HttpResponseBase:
    place = place_of(file.key)
    try:
        with answering():
            link = store().link(place, media_type=media_type, disposition=disposition)
            if link is not None:
                return HttpResponseRedirect(link, headers=HEADERS)
            content: Any = store().open(place)
    except FileNotFoundError as error:
        raise BytesMissing from error
    return _with_headers(Download(content), file, disposition, media_type)


def _with_headers(answer: Any, file: File, disposition: str, media_type: str) -> HttpResponseBase:
    own = {
        "Content-Type": media_type + ("; charset=utf-8" if media_type == "text/plain" else ""),
        "Content-Length": str(file.size),
        "Content-Disposition": disposition,
    }
    for name, value in {**HEADERS, **own}.items():
        answer[name] = value
    response: HttpResponseBase = answer
    return response


def _refuse_unless_available(file: File) -> None:
    if not file.is_available:
        raise NotAvailable(REASONS[file.Status(file.status)])
