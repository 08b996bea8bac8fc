"""JSON as it is stored: moments to the microsecond, as the API writes them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder

from core import clock


class StoredJSON(DjangoJSONEncoder):
    """Django's encoder, whose milliseconds would not compare with the row's own."""

    def default(self, o: Any) -> Any:
        return clock.timestamp(o) if isinstance(o, datetime) else super().default(o)
