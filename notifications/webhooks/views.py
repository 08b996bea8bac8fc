"""Webhooks under `/api/webhooks/`, for admins."""

from __future__ import annotations

from typing import Any

import orjson
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.below import rows_below
from core.api.etags import etag
from core.api.permissions import AdminsOnly
from core.api.serializers import NothingSerializer
from core.api.viewsets import RemoveMixin, ScopedViewSet, WorkItemViewSet
from core.querysets import visible_row, visible_rows
from notifications.models import Delivery, WebhookEndpoint
from notifications.webhooks import catalogue
from notifications.webhooks.filters import DeliveryFilterSet, EndpointFilterSet
from notifications.webhooks.replaying import replay
from notifications.webhooks.serializers import (
    DeliverySerializer,
    EndpointSerializer,
    EventTypesSerializer,
    RevealingEndpointSerializer,
)

REVEALING = frozenset({"create", "perform_rotate"})
"""What makes a secret and answers with it."""


class WebhookViewSet(RemoveMixin, WorkItemViewSet):
    """Addresses that are told of chosen events, signed, in order, until they arrive."""

    model = WebhookEndpoint
    permission_classes = [IsAuthenticated, AdminsOnly]
    serializer_class = EndpointSerializer
    filterset_class = EndpointFilterSet
    shown_once = frozenset({"secret"})
    export_columns = {
        "id": lambda endpoint: endpoint.pk,
        "description": lambda endpoint: endpoint.description,
        "event_types": lambda endpoint: " ".join(endpoint.event_types),
        "kinds": lambda endpoint: " ".join(endpoint.kinds),
        "account": lambda endpoint: endpoint.account.name,
        "status": lambda endpoint: endpoint.status,
        "created_at": lambda endpoint: endpoint.created_at,
    }

    def get_serializer_class(self) -> Any:
        return RevealingEndpointSerializer if self.action in REVEALING else self.serializer_class

    def finalize_response(
        self, request: Request, response: Any, *args: Any, **kwargs: Any
    ) -> Response:
        """A new secret joins the answer after what is kept for repeats: it is shown, never stored."""
        if self.action in REVEALING and response.status_code < 300:
            answer = response.data
            shown = orjson.loads(answer) if isinstance(answer, bytes) else answer
            response.data = {**shown, "secret": self._secret(shown["id"], response)}
        return super().finalize_response(request, response, *args, **kwargs)

    def _secret(self, pk: int, response: Response) -> str | None:
        """Of the webhook in an answer; none where it was changed since, and this is a repeat."""
        endpoint = getattr(response, "shows", None) or visible_row(self.model, self.actor, pk)
        return endpoint.secret if endpoint and etag(endpoint) == response["ETag"] else None

    @extend_schema(summary="Event types", responses=EventTypesSerializer)
    @action(detail=False, url_path="event-types", pagination_class=None, filter_backends=[])
    def event_types(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What a webhook can be told of, by its name, and the kinds of items there are."""
        names = {"event_types": sorted(catalogue.event_types()), "kinds": list(catalogue.kinds())}
        return Response(names)

    @rows_below(
        DeliverySerializer,
        summary="Deliveries",
        default_ordering="-id",
        filterset_class=DeliveryFilterSet,
    )
    def deliveries(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What was sent there in the last 30 days or is still to be sent, newest first."""
        visible = visible_rows(WebhookEndpoint, self.actor).filter(pk=self.path_id())
        rows = Delivery.objects.filter(endpoint__in=visible.values("pk"))
        return self.page_below(rows, DeliverySerializer)


class DeliveryViewSet(ScopedViewSet):
    """Single deliveries."""

    model = Delivery  # type: ignore[assignment] # bookkeeping, without versions
    permission_classes = [IsAuthenticated, AdminsOnly]
    serializer_class = DeliverySerializer

    @extend_schema(summary="Replay", request=NothingSerializer, responses=DeliverySerializer)
    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=[])
    def replay(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Send one again that was given up, from the start and with the same id."""
        NothingSerializer(data=request.data).is_valid(raise_exception=True)
        return Response(self.get_serializer(replay(self.visible())).data)
