"""Service levels under `/api/sla/`."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast

from django.core.exceptions import ValidationError
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core import clock, references
from core.actors import Actor
from core.api.filters import MomentField
from core.api.ordering import Ordering
from core.api.parameters import refuse_unknown_parameters
from core.api.viewsets import RecordViewSet
from core.errors import InvalidInput, NotFound
from core.querysets import visible_row
from core.registry import model_called
from sla.explaining import explain
from sla.filters import CalendarFilterSet, PolicyFilterSet
from sla.models import Calendar, Policy, UnderServiceLevel
from sla.serializers import CalendarSerializer, ExplanationSerializer, PolicySerializer


class CalendarViewSet(RecordViewSet):
    """When people work."""

    model = Calendar
    serializer_class = CalendarSerializer
    filterset_class = CalendarFilterSet
    orderings = {"name": Ordering("name"), "created_at": Ordering("created_at")}
    default_ordering = "name"


class PolicyViewSet(RecordViewSet):
    """What is promised for what; of those that fit an item, the first by `position` wins."""

    model = Policy
    serializer_class = PolicySerializer
    filterset_class = PolicyFilterSet
    orderings = {"position": Ordering("position"), "name": Ordering("name")}
    default_ordering = "position"


class ExplainView(APIView):
    """Why something is due when it is."""

    at = MomentField(required=False)

    @extend_schema(
        operation_id="sla_explain",
        summary="Explain a due date",
        parameters=[
            OpenApiParameter("reference", str, "path", description="As in `TCK-42`."),
            OpenApiParameter("at", str, description="A past moment; now if left out."),
        ],
        responses=ExplanationSerializer,
    )
    def get(self, request: Request, reference: str) -> Response:
        """The policy, the calendar and the segments that make up the due times, then or now."""
        refuse_unknown_parameters(request, known={"at"})
        at = self._moment(request)
        reader = cast(Actor, request.user)
        item = _item_called(reference, reader)
        if at is not None and at < item.created_at:
            raise InvalidInput.of("at", "It was not there yet.")
        return Response(ExplanationSerializer(explain(item, reader=reader, at=at)).data)

    def _moment(self, request: Request) -> datetime | None:
        try:
            at: datetime | None = self.at.clean(request.query_params.get("at"))
        except ValidationError as error:
            raise InvalidInput.of("at", error.messages[0]) from error
        if at is not None and at > clock.now():
            raise InvalidInput.of("at", "Nobody knows yet what will have happened then.")
        return at


def _item_called(reference: str, actor: Actor) -> UnderServiceLevel:
    """The item under a service level that a reference names; NotFound where it does not exist for them."""
    model: Any = model_called(reference.rpartition("-")[0])
    if model is None or not issubclass(model, UnderServiceLevel):
        raise NotFound
    key = references.parse(model, reference)
    item = visible_row(model, actor, key, shown=False) if key is not None else None
    if item is None:
        raise NotFound
    return cast(UnderServiceLevel, item)
