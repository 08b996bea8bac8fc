"""What one hears of, under `/api/notifications/`."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core import clock
from core.api.item_filter import item_called
from core.api.ordering import Ordering
from core.api.pagination import count_up_to_cap
from core.api.serializers import NothingSerializer
from core.api.viewsets import ReadManyMixin
from core.errors import InvalidInput
from notifications.filters import NotificationFilterSet
from notifications.models import Notification
from notifications.serializers import (
    NotificationSerializer,
    ReadingSerializer,
    UnreadSerializer,
)
from notifications.subjects import subjects


@extend_schema_view(list=extend_schema(summary="Notifications", description="Newest first."))
class NotificationViewSet(ReadManyMixin):
    """What you hear of, about items that exist for you."""

    model = Notification  # type: ignore[assignment]
    serializer_class = NotificationSerializer
    filterset_class = NotificationFilterSet
    orderings = {"id": Ordering("id")}
    default_ordering = "-id"

    @extend_schema(summary="Unread", responses=UnreadSerializer)
    @action(detail=False, pagination_class=None, filter_backends=[])
    def unread(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """How many you have not read, counted up to 10,000."""
        return self._unread()

    @extend_schema(summary="Read one", request=None, responses=NotificationSerializer)
    @action(detail=True, methods=["post"], url_path="read", serializer_class=NothingSerializer)
    def read_one(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """You have read it; saying so again changes nothing."""
        notification = self.visible(shown=True)
        self.get_serializer(data=request.data).is_valid(raise_exception=True)
        notification.read(at=clock.now())
        context = self.get_serializer_context()
        return Response(NotificationSerializer(notification, context=context).data)

    @extend_schema(summary="Read", request=ReadingSerializer, responses=UnreadSerializer)
    @action(detail=False, methods=["post"], url_path="read", serializer_class=ReadingSerializer)
    def read_many(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """You have read all, those up to one, or those about one item."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        rows = Notification.objects.in_app().unread().filter(person=self.actor.pk)
        if "up_to" in serializer.validated_data:
            rows = rows.filter(pk__lte=serializer.validated_data["up_to"])
        if "item" in serializer.validated_data:
            rows = rows.filter(**_about(serializer.validated_data["item"]))
        rows.update(read_at=clock.now())
        return self._unread()

    def _unread(self) -> Response:
        rows = Notification.objects.for_user(self.actor).unread()
        return Response(UnreadSerializer({"unread": min(count_up_to_cap(rows), 10_000)}).data)


def _about(reference: str) -> dict[str, Any]:
    found = item_called(reference, subjects())
    if found is None:
        raise InvalidInput.of("item", "Must be a reference such as TCK-42.")
    return {"subject_type": found[0], "subject_id": found[1]}
