"""`GET /{id}/history/`: what happened to an item, newest first."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Exists, Subquery
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.below import rows_below
from core.api.ordering import Ordering
from core.api.serializers import EventSerializer
from core.models import Event, Record
from core.querysets import visible_rows


class HistoryMixin:
    """The history of one record, for whoever may see the record."""

    model: ClassVar[type[Record]]
    path_id: Any
    actor: Any
    page_below: Any

    @rows_below(
        EventSerializer,
        summary="History",
        orderings={"id": Ordering("sequence")},  # in the same order, and by its index
        default_ordering="-id",
    )
    def history(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Every change of this item: who did what, when, from where to where, and why."""
        subject = self.model(pk=self.path_id())  # type: ignore[misc]
        visible = visible_rows(self.model, self.actor).filter(pk=subject.pk)
        events = Event.of(subject).filter(Exists(visible)).for_display()
        if self.model.withheld_in:
            events = events.annotate(subject_status=Subquery(visible.values("status")))
        answer: Response = self.page_below(events, EventSerializer)
        return answer
