"""Recurring work under `/api/schedules/`."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core import clock
from core.api.below import rows_below
from core.api.ordering import Ordering
from core.api.viewsets import WorkItemViewSet
from core.querysets import visible_rows
from discussion.routes import Discussed
from jobs.routes import InBackground
from tickets.filters.schedules import ScheduleFilterSet
from tickets.models import Occurrence, Schedule
from tickets.serializers.schedules import (
    OccurrenceSerializer,
    ScheduleSerializer,
    UpcomingSerializer,
)

AHEAD = 10


class ScheduleViewSet(Discussed, InBackground, WorkItemViewSet):
    """Work that comes again: what, by which rule, and when next."""

    model = Schedule
    serializer_class = ScheduleSerializer
    filterset_class = ScheduleFilterSet
    orderings = {
        "created_at": Ordering("created_at"),
        "next_at": Ordering("next_at", nullable=True),
        "id": Ordering("id"),
    }
    export_columns = {
        "reference": lambda schedule: schedule.reference,
        "title": lambda schedule: schedule.title,
        "creates": lambda schedule: schedule.creates,
        "rule": lambda schedule: schedule.rule,
        "time_zone": lambda schedule: schedule.time_zone,
        "missed": lambda schedule: schedule.missed,
        "status": lambda schedule: schedule.status,
        "next_at": lambda schedule: schedule.next_at,
    }

    @rows_below(
        OccurrenceSerializer,
        summary="Occurrences",
        orderings={"at": Ordering("at")},
        default_ordering="-at",
    )
    def occurrences(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The times that it came due, and what was made, newest first."""
        visible = visible_rows(Schedule, self.actor).filter(pk=self.path_id())
        rows = Occurrence.objects.filter(schedule__in=visible.values("pk"))
        return self.page_below(rows.select_related("ticket", "work_order"), OccurrenceSerializer)

    @extend_schema(summary="Upcoming", responses=UpcomingSerializer)
    @action(detail=True, pagination_class=None, filter_backends=[])
    def upcoming(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """The next ten times that it would come due, paused or not."""
        coming = self.get_object().coming(clock.now(), most=AHEAD)
        return Response(UpcomingSerializer({"upcoming": coming}).data)
