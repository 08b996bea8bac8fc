"""The one way a JSON body is read: strictly, so that whatever is stored can be shown again."""

import re
from collections.abc import Mapping
from typing import IO, Any

import orjson
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.parsers import BaseParser
from rest_framework.utils.mediatypes import _MediaType

from core.errors import Malformed, PayloadTooLarge

MAX_DEPTH = 20
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)


class StrictJSONParser(BaseParser):
    """Reads one JSON object; an empty body is an empty object; everything doubtful is refused."""

    media_type = "application/json"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> dict[str, Any]:
        """The body as a dict. Raises Malformed (400), PayloadTooLarge (413), or 415."""
        charset = _MediaType(media_type or "").params.get("charset", "utf-8")
        if charset.lower() not in ("utf-8", "utf8", "us-ascii"):
            raise UnsupportedMediaType(media_type or "")
        return parse_object(_read(stream))


def parse_object(raw: bytes) -> dict[str, Any]:
    """These bytes as a JSON object that can safely be stored. Raises Malformed."""
    if not raw:
        return {}
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Malformed(f"The body is not valid JSON: {error.msg} ({where}).") from error
    if not isinstance(value, dict):
        raise Malformed("The body must be a JSON object.")
    members = _checked_members(value)
    # Outside of strings a colon appears exactly once per member; orjson keeps the last of a pair.
    if members != _STRING.sub(b"", raw).count(b":"):
        raise Malformed("The body names the same key twice in one object.")
    return value


def _read(stream: IO[Any]) -> bytes:
    """At most one byte more than the limit, whatever Content-Length claims."""
    limit: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    try:
        # Going through the request's own body leaves it readable for others.
        raw: bytes = stream.body if hasattr(stream, "body") else stream.read(limit + 1)
    except RequestDataTooBig as error:
        raise PayloadTooLarge from error
    if len(raw) > limit:
        raise PayloadTooLarge
    return raw


def _checked_members(root: dict[str, Any]) -> int:
    """How many members all objects have together; refuses what must not be stored."""
    members = 0
    pending: list[tuple[dict[str, Any] | list[Any], int]] = [(root, 1)]
    while pending:
        container, depth = pending.pop()
        if depth > MAX_DEPTH:
            raise Malformed(f"The body is nested more than {MAX_DEPTH} levels deep.")
        values: Any = container
        if isinstance(container, dict):
            members += len(container)
            for key in container:
                _check_scalar(key)
            values = container.values()
        for value in values:
            if isinstance(value, dict | list):
                pending.append((value, depth + 1))
            else:
                _check_scalar(value)
    return members


def _check_scalar(value: str | int | float | bool | None) -> None:
    if isinstance(value, str):
        if "\0" in value:
            raise Malformed("The body contains a NUL character.")
    elif value is not None and not _fits(value):
        raise Malformed("The body contains a number that does not fit 64 bits.")


def _fits(number: float) -> bool:
    # An integer past 64 bits arrives as a float that is rounded already, at the least to -2**63.
    lowest_is_fine = isinstance(number, int)
    return abs(number) < 2**63 or (lowest_is_fine and number == -(2**63))
