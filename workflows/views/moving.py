"""Putting things elsewhere: `POST …/{id}/move/`."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework.request import Request
from rest_framework.response import Response

from core.api.etags import expected_version
from core.api.viewsets import ScopedViewSet
from core.errors import InvalidInput
from core.lifecycle import change


class Movable(ScopedViewSet):
    """Gives a viewset of what has a place the way to change it."""

    move_serializer_class: ClassVar[type]

    def moved(self, request: Request) -> Response:
        """The item in its new place; only its own row is written."""
        item = self.visible()
        body = self.move_serializer_class(data=request.data, context=self.get_serializer_context())
        body.is_valid(raise_exception=True)
        if not body.validated_data:
            raise InvalidInput("Say where it goes.")
        version = expected_version(request, item.pk)
        place: dict[str, Any] = body.validated_data
        return self.show(change(item, actor=self.actor, expected_version=version, **place))
