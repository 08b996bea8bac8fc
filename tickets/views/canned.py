"""Canned replies under `/api/`."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.ordering import Ordering
from core.api.viewsets import RecordViewSet
from tickets.filters import CannedReplyFilterSet
from tickets.models import CannedReply
from tickets.serializers import CannedReplySerializer, RenderedSerializer, RenderSerializer


class CannedReplyViewSet(RecordViewSet):
    """What agents write again and again."""

    model = CannedReply
    serializer_class = CannedReplySerializer
    filterset_class = CannedReplyFilterSet
    orderings = {"title": Ordering("title"), "created_at": Ordering("created_at")}
    default_ordering = "title"

    @extend_schema(summary="Fill in for a ticket", responses=RenderedSerializer)
    @action(detail=True, methods=["post"], serializer_class=RenderSerializer)
    def render(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The reply as you would write it on this ticket; nothing is sent and nothing is kept."""
        reply = self.visible()
        asked = self.get_serializer(data=request.data)
        asked.is_valid(raise_exception=True)
        body = reply.for_ticket(asked.validated_data["ticket"], agent=request.user)
        return Response(RenderedSerializer({"body": body}).data)
