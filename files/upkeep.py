"""What is done with files behind the requests: scanned, purged, swept, compared with their bytes."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from core import clock
from core.errors import Conflict, Unavailable
from core.lifecycle import mark, perform
from files.models import File
from files.scanning import TooLargeToScan, scanner
from files.states import FileStatus
from files.storage import answering, place_of, store

logger = logging.getLogger(__name__)

AT_ONCE = 500
LONGEST_UPLOAD = timedelta(days=1)
"""Bytes without a row that are younger may be on their way."""


TOO_LARGE = "Too large to scan."
LOST = "Its bytes are lost."
"""Findings that no other attempt would change."""


@dataclass(frozen=True)
class Broken:
    """A row whose bytes are not what it says, and how."""

    file: File
    how: str

    def __str__(self) -> str:
        return f"{self.file.reference} ({self.file.title}): {self.how}"


def examine(file: File) -> File:
    """Let the scanner look at a file that nobody has yet; returns it as it is afterwards.

    Raises Unavailable where the scanner or the storage does not answer: then it stays in scanning.
    What can never be scanned is put away.
    """
    try:
        if file.status == FileStatus.RECEIVED:
            file = perform(file, "scan", actor=None)
        if file.status != FileStatus.SCANNING:
            return file
        finding = _finding(file)
        if finding:
            return perform(file, "quarantine", actor=None, finding=finding)
        return perform(file, "release", actor=None)
    except Conflict:
        return file  # it was taken away meanwhile


def purge(file: File) -> bool:
    """Remove the bytes of a file that was taken away; whether this call did it. May be repeated."""
    if file.status != FileStatus.DELETED or file.purged_at is not None:
        return False
    with answering():
        store().delete(place_of(file.key))
    done = mark(
        file, "purged", unless=lambda fresh: fresh.purged_at is not None, purged_at=clock.now()
    )
    return done is not None


def orphans(*, older_than: timedelta = LONGEST_UPLOAD) -> Iterator[str]:
    """Places of bytes that belong to no file: of uploads that were cut off."""
    latest = clock.now() - older_than
    folders, _ = store().listdir("")
    for folder in sorted(folders):
        _, names = store().listdir(folder)
        keys = [key for key in map(_key, names) if key and place_of(key).startswith(f"{folder}/")]
        for start in range(0, len(keys), AT_ONCE):
            yield from _unknown(keys[start : start + AT_ONCE], latest)


def sweep() -> int:
    """Remove them; returns how many."""
    removed = 0
    with answering():
        for place in orphans():
            store().delete(place)
            removed += 1
    return removed


def broken() -> Iterator[tuple[File, Broken | None]]:
    """Every file that has to have bytes, beside what is wrong with them."""
    last = 0
    while batch := list(File.objects.stored().filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        for file in batch:
            how = _how_broken(file)
            yield file, Broken(file, how) if how else None
        last = batch[-1].pk


def _finding(file: File) -> str:
    try:
        with answering():
            return scanner().finding_in(store().chunks(place_of(file.key)))
    except TooLargeToScan as refused:
        logger.warning("%s: %s", file.reference, refused.detail)
        return TOO_LARGE
    except FileNotFoundError:
        _refuse_without_storage()
        logger.warning("The bytes of %s are lost", file.reference)
        return LOST


def _refuse_without_storage() -> None:
    """A folder that is not mounted has lost nothing."""
    try:
        with answering():
            store().listdir("")
    except FileNotFoundError as error:
        raise Unavailable(retry_after=30) from error


def _unknown(keys: list[UUID], latest: datetime) -> Iterator[str]:
    known = set(File.objects.stored().filter(key__in=keys).values_list("key", flat=True))
    for key in keys:
        if key not in known and _stored_before(place_of(key), latest):
            yield place_of(key)


def _stored_before(place: str, latest: datetime) -> bool:
    try:
        return bool(store().get_modified_time(place) <= latest)
    except FileNotFoundError:
        return False  # it has just gone


def _how_broken(file: File) -> str:
    size, told = 0, hashlib.sha256()
    try:
        for chunk in store().chunks(place_of(file.key)):
            size += len(chunk)
            told.update(chunk)
    except FileNotFoundError:
        # What was taken away may lose its bytes at any moment.
        return "" if file.status == FileStatus.DELETED else "its bytes are missing"
    if size != file.size:
        return f"it has {size} bytes instead of {file.size}"
    return "" if told.hexdigest() == file.sha256 else "its bytes have changed"


def _key(name: str) -> UUID | None:
    try:
        return UUID(name)
    except ValueError:
        return None
