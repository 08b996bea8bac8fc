"""Figures under `/api/dashboard/`."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.errors import NotFound
from dashboards.figures import FIGURES
from dashboards.question import question_of
from dashboards.serializers import (
    BreakdownSerializer,
    DashboardSerializer,
    DurationSerializer,
    NumberSerializer,
    OldestWaitingSerializer,
    StandingsSerializer,
    VolumesSerializer,
)

PARAMETERS = [
    OpenApiParameter("from", str, description="A date or moment; 30 days before `to` if left out."),
    OpenApiParameter(
        "to", str, description="A date or moment, itself not included; now if left out."
    ),
    OpenApiParameter("department", str, description="The id of one department."),
]
ANY_FIGURE = PolymorphicProxySerializer(
    component_name="Figure",
    serializers=[
        NumberSerializer,
        DurationSerializer,
        BreakdownSerializer,
        OldestWaitingSerializer,
        StandingsSerializer,
        VolumesSerializer,
    ],
    resource_type_field_name=None,
)


class DashboardView(APIView):
    """Every figure at once."""

    @extend_schema(
        operation_id="dashboard",
        summary="All figures",
        parameters=PARAMETERS,
        responses=DashboardSerializer,
    )
    def get(self, request: Request) -> Response:
        """Derived from the requests and tickets that the caller may see, at the time of asking."""
        question = question_of(request)
        figures = {name: figure(question) for name, figure in FIGURES.items()}
        return Response(DashboardSerializer({"window": question, **figures}).data)


class FigureView(APIView):
    """One figure."""

    @extend_schema(
        operation_id="dashboard_figure",
        summary="One figure",
        parameters=[OpenApiParameter("figure", str, "path", enum=[*FIGURES]), *PARAMETERS],
        responses=ANY_FIGURE,
    )
    def get(self, request: Request, figure: str) -> Response:
        """The same as in `/api/dashboard/`, alone."""
        if figure not in FIGURES:
            raise NotFound
        shape: Any = DashboardSerializer().fields[figure]
        return Response(shape.to_representation(FIGURES[figure](question_of(request))))
