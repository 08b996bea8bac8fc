"""What `manage.py doctor` looks for in files."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

from django.conf import settings

from core import clock
from core.doctor import Finding, examination
from core.errors import Unavailable
from files.models import File
from files.scanning import scanner
from files.storage import place_of, store

PATIENCE = timedelta(hours=1)


@examination("files")
def bytes_can_be_stored() -> Iterator[Finding]:
    """The storage takes bytes and gives them back."""
    place = place_of(uuid4())
    try:
        with store().open(place, "wb") as content:
            content.write(b"doctor")
        if b"".join(store().chunks(place)) != b"doctor":
            yield Finding(
                "The storage of files does not give back what it was given.", "Replace it."
            )
        store().delete(place)
    except Exception as error:  # noqa: BLE001 - whatever breaks is a finding
        yield Finding(
            f"The storage of files does not take any: {error}.",
            "Give the process's user the right to FILES_ROOT, or check the S3_… settings.",
        )


@examination("scanner")
def somebody_looks() -> Iterator[Finding]:
    """Files are scanned, and none waits long for it."""
    if not settings.CLAMAV:
        if not settings.DEBUG:
            yield Finding(
                "Nobody scans files: each is given out as it came.",
                "Run clamd and set CLAMAV to its socket.",
            )
    else:
        try:
            scanner().ping()
        except Unavailable:
            yield Finding(
                f"ClamAV at {settings.CLAMAV} does not answer; new files wait for it.",
                "Start clamd, or correct CLAMAV.",
            )
    waiting = File.objects.unexamined(since=clock.now() - PATIENCE).count()
    if waiting:
        yield Finding(
            f"{waiting} files have waited for the scanner for over an hour.",
            "See manage.py jobs --failed; start a worker: manage.py work.",
        )
