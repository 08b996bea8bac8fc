"""Bytes on their way into the storage: counted, hashed and looked at as they pass, never kept."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings

from core.actors import Actor
from core.errors import InvalidInput, Refused, Unavailable
from core.lifecycle import create
from core.models import WorkItem
from files.errors import FileTooLarge
from files.kinds import HEAD, kind_of, refuse_what_differs
from files.labels import label_of
from files.models import File
from files.storage import answering, place_of, store


@dataclass(frozen=True, kw_only=True)
class Received:
    """Bytes that are stored, and no row knows yet."""

    key: UUID
    title: str
    content_type: str
    size: int
    sha256: str

    def as_file(self, **more: Any) -> File:
        """A new row for them, not saved."""
        return File(
            key=self.key,
            title=self.title,
            content_type=self.content_type,
            size=self.size,
            sha256=self.sha256,
            **more,
        )


class Reception:
    """Takes in one file. What is of a wrong type is read to its end, so that the answer is heard, and not stored."""

    def __init__(self, name: str) -> None:
        self.key = uuid4()
        self.title = label_of(name)
        self.size = 0
        self._hash = hashlib.sha256()
        self._head = bytearray()
        self._content: Any = None
        self._refused: Refused | None = None
        self._kind = None
        try:
            self._kind = kind_of(self.title)
        except InvalidInput as refused:
            self._refused = refused

    def write(self, chunk: bytes) -> None:
        """The next bytes. Raises FileTooLarge as soon as there are too many."""
        self.size += len(chunk)
        if self.size > settings.FILE_LIMIT:
            raise FileTooLarge.than(settings.FILE_LIMIT)
        if self._refused is not None:
            return
        self._hash.update(chunk)
        if self._content is None:
            self._head += chunk
            if len(self._head) >= HEAD:
                self._begin()
        else:
            with answering():
                self._content.write(chunk)

    def finish(self) -> Received:
        """All of it is stored. Raises what there is to say against it."""
        if self.size == 0:
            raise InvalidInput.of("file", "The file is empty.", code="empty")
        if self._content is None and self._refused is None:
            self._begin()
        if self._refused is not None or self._kind is None:
            raise self._refused or Unavailable
        with answering():
            self._content.close()
        return Received(
            key=self.key,
            title=self.title,
            content_type=self._kind.media_type,
            size=self.size,
            sha256=self._hash.hexdigest(),
        )

    def cancel(self) -> None:
        """Forget it: no byte of it stays. What cannot be removed now, the sweeper finds."""
        content, self._content = self._content, None
        if content is None:
            return
        with suppress(Unavailable, FileNotFoundError), answering():
            with suppress(Exception):
                content.close()
            store().delete(place_of(self.key))

    def _begin(self) -> None:
        """Now enough is known to say what it is."""
        head, self._head = bytes(self._head), bytearray()
        try:
            refuse_what_differs(self.title, head[:HEAD])
        except InvalidInput as refused:
            self._refused = refused
            return
        with answering():
            self._content = store().open(place_of(self.key), "wb")
            self._content.write(head)


def take_in(
    name: str,
    chunks: Iterable[bytes],
    *,
    actor: Actor | None,
    item: WorkItem | None = None,
    **fields: Any,
) -> File:
    """A new file of bytes that are at hand: of a form, a letter. Raises Refused; then nothing stays."""
    reception = Reception(name)
    try:
        for chunk in chunks:
            reception.write(chunk)
        file = reception.finish().as_file(**fields)
        return create(file.attach_to(item) if item else file, actor=actor)
    except BaseException:
        reception.cancel()
        raise
