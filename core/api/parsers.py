"""The one way a JSON body is read: strictly, so that whatever is stored can be shown again."""

from collections.abc import Mapping
from typing import IO, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.parsers import BaseParser
from rest_framework.utils.mediatypes import _MediaType

from core import strict_json
from core.errors import Malformed, PayloadTooLarge


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
    value = strict_json.loads(raw)
    if not isinstance(value, dict):
        raise Malformed("The body must be a JSON object.")
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
