"""Webhooks under `/api/webhooks/`, for admins."""

from __future__ import annotations

from typing import Any

import orjson
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.idempotency import REPLAYED
from core.api.ordering import Ordering
from core.api.viewsets import ReadOneMixin, RemoveMixin, WorkItemViewSet
from core.querysets import visible_rows
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


class AdminsOnly(BasePermission):
    """What leaves the house is the admins' business."""

    message = "Only admins manage webhooks."

    def has_permission(self, request: Request, view: Any) -> bool:
        return bool(request.user and request.user.is_admin)  # type: ignore[union-attr]


class WebhookViewSet(RemoveMixin, WorkItemViewSet):
    """Addresses that are told of chosen events, signed, in order, until they arrive."""

    model = WebhookEndpoint
    permission_classes = [IsAuthenticated, AdminsOnly]
    serializer_class = EndpointSerializer
    filterset_class = EndpointFilterSet
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
        """A new secret joins the answer after what is kept for repeats: it is shown, not stored."""
        endpoint = getattr(response, "shows", None)
        if self.action in REVEALING and endpoint is not None and REPLAYED not in response:
            answer = response.data
            shown = orjson.loads(answer) if isinstance(answer, bytes) else answer
            response.data = {**shown, "secret": endpoint.secret}
        return super().finalize_response(request, response, *args, **kwargs)

    @extend_schema(summary="Event types", responses=EventTypesSerializer)
    @action(detail=False, url_path="event-types", pagination_class=None, filter_backends=[])
    def event_types(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What a webhook can be told of, by its name, and the kinds of items there are."""
        names = {"event_types": sorted(catalogue.event_types()), "kinds": list(catalogue.kinds())}
        return Response(names)

    @extend_schema(summary="Deliveries", responses=DeliverySerializer(many=True))
    @action(
        detail=True,
        answers_many=True,
        serializer_class=DeliverySerializer,
        filterset_class=DeliveryFilterSet,
        orderings={"id": Ordering("id")},
        default_ordering="-id",
        includes=frozenset({"count"}),
    )
    def deliveries(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What was sent there in the last 30 days or is still to be sent, newest first."""
        visible = visible_rows(WebhookEndpoint, self.actor).filter(pk=self.path_id())
        rows = Delivery.objects.filter(endpoint__in=visible.values("pk"))
        return self.page_below(rows, DeliverySerializer)


@extend_schema_view(retrieve=extend_schema(summary="Delivery"))
class DeliveryViewSet(ReadOneMixin):
    """Single deliveries."""

    model = Delivery  # type: ignore[assignment] # bookkeeping, without versions
    permission_classes = [IsAuthenticated, AdminsOnly]
    serializer_class = DeliverySerializer

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return Response(self.get_serializer(self.get_object()).data)

    @extend_schema(summary="Replay", request=None, responses=DeliverySerializer)
    @action(detail=True, methods=["post"], pagination_class=None, filter_backends=[])
    def replay(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Send one again that was given up, from the start and with the same id."""
        return Response(self.get_serializer(replay(self.visible())).data)
