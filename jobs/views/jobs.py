"""Background work under `/api/jobs/`."""

from __future__ import annotations

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from core.api.below import rows_below
from core.api.history import HistoryMixin
from core.api.ordering import Ordering
from core.api.transitions import TransitionsMixin
from core.api.viewsets import ReadMixin
from core.querysets import visible_rows
from jobs.filters import JobFilterSet
from jobs.models import Job, Line
from jobs.serializers import JobSerializer, LineSerializer


class JobViewSet(ReadMixin, HistoryMixin, TransitionsMixin):
    """What goes on behind requests: how far it is, what came of it, and what broke."""

    model = Job
    serializer_class = JobSerializer
    filterset_class = JobFilterSet
    includes = frozenset({"count", "available_transitions"})
    orderings = {
        "created_at": Ordering("created_at"),
        "updated_at": Ordering("updated_at"),
        "id": Ordering("id"),
    }
    default_ordering = "-id"

    @rows_below(LineSerializer, summary="Log")
    def log(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What it said while it ran, oldest first; how something broke only admins read."""
        visible = visible_rows(Job, self.actor).filter(pk=self.path_id())
        rows = Line.objects.filter(job__in=visible.values("pk"))
        if not self.actor.is_admin:
            rows = rows.exclude(level=Line.Level.DETAIL)
        return self.page_below(rows, LineSerializer)
