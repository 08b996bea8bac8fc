"""How an upload is read: streamed to the storage as it comes, with its own count of the bytes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler
from django.http import HttpRequest
from django.http.multipartparser import MultiPartParser
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.parsers import BaseParser

from core.errors import FieldError, InvalidInput, Malformed
from files.amounts import KB
from files.errors import FileTooLarge
from files.models import File
from files.reception import Received, Reception
from files.storage import CHUNK

PART = "file"
AROUND = 64 * KB
"""As much may a form hold beside the file."""


class UploadParser(BaseParser):
    """Reads a form with one file, which is in the storage when this is done; for views that take files."""

    media_type = "multipart/form-data"

    def parse(
        self,
        stream: Any,
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """The parts by name, each once. Raises FileTooLarge, InvalidInput or Malformed."""
        context = parser_context or {}
        request: HttpRequest = context["request"]._request
        if not getattr(context["view"], "takes_a_file", False):
            raise UnsupportedMediaType(media_type or "")
        length = int(request.META.get("CONTENT_LENGTH") or 0)
        if length > settings.FILE_LIMIT + AROUND:
            raise FileTooLarge.than(settings.FILE_LIMIT)
        whole = WholeBody(stream, length)
        handler = StraightToStorage(request)
        # Always read as UTF-8, whatever encoding the caller claims.
        meta = {**request.META, "CONTENT_TYPE": media_type}
        fields, _ = MultiPartParser(meta, whole, [handler], "utf-8").parse()  # type: ignore[arg-type]
        whole.refuse_unless_complete()
        return _once_each([*fields.lists(), *handler.taken()])


class WholeBody:
    """A body that knows whether all of it has come: callers go away half-way."""

    def __init__(self, stream: Any, length: int) -> None:
        self._stream = stream
        self._length = length
        self._came = 0
        self._end = b""

    def read(self, size: int = -1) -> bytes:
        """The next bytes; a caller who has gone is a malformed request."""
        try:
            chunk: bytes = self._stream.read(size)
        except OSError as error:
            raise Malformed("The upload ended before all of it had come.") from error
        self._came += len(chunk)
        self._end = (self._end + chunk)[-8:] if chunk else self._end
        return chunk

    def refuse_unless_complete(self) -> None:
        """Raises Malformed where bytes are missing, or the form was never closed."""
        if self._came != self._length or not self._end.rstrip(b"\r\n").endswith(b"--"):
            raise Malformed("The upload ended before all of it had come.")


class StraightToStorage(FileUploadHandler):
    """Hands each piece on as it comes; nothing is kept in memory or in a temporary file."""

    chunk_size = CHUNK

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self._receptions: list[Reception] = []

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        """The file; another one, or one under another name, is refused."""
        super().new_file(field_name, *args, **kwargs)
        if field_name != PART:
            raise InvalidInput.of(field_name, "There is no such field.", code="unknown")
        if self._receptions:
            raise InvalidInput.of(PART, "One file at a time.", code="too_many")
        self._receptions.append(reception_for(self.request, str(self.file_name)))

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._receptions[-1].write(raw_data)

    def file_complete(self, file_size: int) -> None:
        """Nothing: it is finished when all of the form has come."""

    def taken(self) -> list[tuple[str, list[Received]]]:
        """The file, as a part of the form."""
        return [(PART, [each.finish()]) for each in self._receptions]


def reception_for(request: Any, name: str) -> Reception:
    """A reception that `clear_away()` knows of."""
    reception = Reception(name)
    request.receptions = [*getattr(request, "receptions", ()), reception]
    return reception


def clear_away(request: Any) -> None:
    """Remove what came with a request and got no row, whatever went wrong."""
    for reception in getattr(request, "receptions", ()):
        if not File.objects.filter(key=reception.key).exists():
            reception.cancel()


def _once_each(parts: list[tuple[str, list[Any]]]) -> dict[str, Any]:
    said = "Given more than once."
    if wrong := [FieldError(name, "repeated", said) for name, values in parts if len(values) > 1]:
        raise InvalidInput(errors=wrong)
    return {name: values[0] for name, values in parts}
