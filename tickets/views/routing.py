"""Routing rules under `/api/`."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.ordering import Ordering
from core.api.viewsets import RecordViewSet
from core.errors import NotFound
from tickets.filters import RoutingRuleFilterSet
from tickets.models import RoutingRule
from tickets.serializers import (
    RoutingAnswerSerializer,
    RoutingQuestionSerializer,
    RoutingRuleSerializer,
)


class RoutingRuleViewSet(RecordViewSet):
    """Which new tickets go to which team; agents read them, admins write them."""

    model = RoutingRule
    serializer_class = RoutingRuleSerializer
    filterset_class = RoutingRuleFilterSet
    orderings = {"position": Ordering("position"), "created_at": Ordering("created_at")}
    default_ordering = "position"

    @extend_schema(
        summary="Which rule would win",
        request=RoutingQuestionSerializer,
        responses=RoutingAnswerSerializer,
    )
    @action(detail=False, methods=["post"])
    def preview(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Whose queue a ticket like this would join, and why; nothing is changed."""
        if not self.actor.is_agent:
            raise NotFound  # there are no rules for anybody else
        context = self.get_serializer_context()
        question = RoutingQuestionSerializer(data=request.data, context=context)
        question.is_valid(raise_exception=True)
        rule = RoutingRule.objects.winner(**question.facts())
        answer = {"rule": rule, "why": rule.why if rule else "No rule fits."}
        return Response(RoutingAnswerSerializer(answer, context=context).data)
