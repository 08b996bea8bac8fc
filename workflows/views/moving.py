"""Putting things elsewhere: `POST …/{id}/move/`."""

from __future__ import annotations

from rest_framework.request import Request
from rest_framework.response import Response

from core.api.etags import expected_version
from core.api.viewsets import ScopedViewSet
from core.errors import InvalidInput
from core.lifecycle import change


class Movable(ScopedViewSet):
    """Gives a viewset of what has a place the way to change it; its route names the body."""

    def moved(self, request: Request) -> Response:
        """The item in its new place; only its own row is written."""
        item = self.visible()
        body = self.get_serializer(data=request.data)
        body.is_valid(raise_exception=True)
        if not body.validated_data:
            raise InvalidInput("Say where it goes.")
        version = expected_version(request, item.pk)
        moved = change(item, actor=self.actor, expected_version=version, **body.validated_data)
        self.serializer_class = type(self).serializer_class  # the route's own is for its body
        return self.show(moved)
