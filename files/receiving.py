"""What a viewset that takes files has in common."""

from __future__ import annotations

from typing import Any

import orjson
from django.db import DatabaseError
from django.http import HttpRequest
from rest_framework.request import Request

from core.api.viewsets import ScopedViewSet
from files.models.file import refuse_over_quota
from files.reception import Received
from files.uploads import clear_away

FORM = "multipart/form-data"


class TakesFiles(ScopedViewSet):
    """Streams uploads on the routes named, and leaves nothing behind of those that come to nothing."""

    upload_actions: frozenset[str] = frozenset()

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            return super().dispatch(request, *args, **kwargs)
        finally:
            self._clear_away(request)

    @property
    def takes_a_file(self) -> bool:
        """Whether this request may bring one."""
        return self.action in self.upload_actions

    def content_of(self, request: Request) -> bytes | None:
        """What makes two uploads the same; None where the bytes of the body themselves do."""
        if not (self.takes_a_file and str(request.content_type).startswith(FORM)):
            return None
        given: Any = request.data
        parts = {name: _written(value) for name, value in given.items()}
        return orjson.dumps(parts, option=orjson.OPT_SORT_KEYS)

    def refuse_a_full_quota(self) -> None:
        """Before anything is read: whoever has no room need not send it."""
        refuse_over_quota(self.actor, 1)

    def _clear_away(self, request: HttpRequest) -> None:
        try:
            clear_away(request)
        except DatabaseError:
            return  # the sweeper comes


def _written(value: Any) -> Any:
    return [value.title, value.size, value.sha256] if isinstance(value, Received) else value
