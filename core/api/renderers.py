"""The one way an answer is written as JSON."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import orjson
from django.utils.functional import Promise
from rest_framework.renderers import BaseRenderer

from core.clock import timestamp


class JSONRenderer(BaseRenderer):
    """Writes JSON; bytes (and `orjson.Fragment`) are JSON that the database has written already."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        """The body; empty for None."""
        if data is None:
            return b""
        return data if isinstance(data, bytes) else dumps(data)


def dumps(data: Any) -> bytes:
    """JSON with UTC timestamps to the microsecond, decimals and durations as text."""
    return orjson.dumps(data, default=_plain, option=orjson.OPT_PASSTHROUGH_DATETIME)


def _plain(value: Any) -> Any:
    match value:
        case datetime():
            return timestamp(value)
        case Promise() | Decimal():
            return str(value)
        case timedelta():
            return str(value.total_seconds())
        case set() | frozenset() | tuple():
            return list(value)
    if isinstance(value, Mapping):
        return dict(value)
    if hasattr(value, "isoformat"):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no JSON form")
