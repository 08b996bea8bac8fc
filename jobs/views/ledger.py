"""The whole history under `/api/events/`, for admins, and whether it is what was written."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework.decorators import action
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.ordering import Ordering
from core.api.permissions import AdminsOnly
from core.api.serializers import NothingSerializer
from core.api.viewsets import ReadManyMixin
from core.models import Event, LedgerCheck
from jobs.filters import EventFilterSet
from jobs.queue import enqueue
from jobs.routes import accepted
from jobs.serializers import LedgerCheckSerializer, LedgerEventSerializer, PromisedSerializer


@extend_schema_view(
    list=extend_schema(summary="Events", description="Newest first, each with its seal.")
)
class EventViewSet(ReadManyMixin):
    """Everything that happened, to whatever it happened."""

    model = Event  # type: ignore[assignment] # never changes, so it has no versions
    permission_classes = [IsAuthenticated, AdminsOnly]
    serializer_class = LedgerEventSerializer
    filterset_class = EventFilterSet
    orderings = {"id": Ordering("id")}
    default_ordering = "-id"

    @extend_schema(summary="Is the ledger intact?", responses=LedgerCheckSerializer)
    @action(detail=False, pagination_class=None, filter_backends=[])
    def verify(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What the last check found: it reads everything, so it is done every night, or when you ask."""
        last = LedgerCheck.objects.order_by("pk").last() or LedgerCheck(at=None, up_to=0)  # type: ignore[misc] # never
        return Response(LedgerCheckSerializer(last).data)

    @extend_schema(
        summary="Verify the ledger", request=NothingSerializer, responses={202: PromisedSerializer}
    )
    @verify.mapping.post
    def verify_now(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Read the whole ledger in the background; the job fails where something is wrong."""
        NothingSerializer(data=request.data).is_valid(raise_exception=True)
        job = enqueue("ledger.verify", owner=request.user, key="ledger.verify")  # type: ignore[arg-type]
        return accepted(job, request)
