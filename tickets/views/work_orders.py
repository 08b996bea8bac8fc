"""Work orders and their checklists under `/api/`, and below what they are for."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.below import IN_THEIR_ORDER, rows_below
from core.api.history import HistoryMixin
from core.api.ordering import Ordering
from core.api.transitions import TransitionsMixin
from core.api.viewsets import (
    EditMixin,
    ReadOneMixin,
    RemoveMixin,
    ScopedViewSet,
    WorkItemViewSet,
)
from core.querysets import visible_rows
from discussion.routes import Discussed
from files.routes import ExportsToFiles, Filed
from jobs.routes import InBackground
from tickets.columns import WORK_ORDER_COLUMNS
from tickets.filters import WorkOrderFilterSet
from tickets.models import ChecklistItem, WorkOrder
from tickets.serializers import (
    ChecklistItemSerializer,
    PlannedWorkSerializer,
    WorkOrderSerializer,
)
from tickets.views.checklist_templates import Templated

WORK_ORDER_ORDERINGS = {
    "created_at": Ordering("created_at"),
    "updated_at": Ordering("updated_at"),
    "scheduled_start": Ordering("scheduled_start", nullable=True),
    "scheduled_end": Ordering("scheduled_end", nullable=True),
    "id": Ordering("id"),
}


class WithWorkOrders(ScopedViewSet):
    """Gives a viewset of what work orders are for (tickets, requests) the list of them."""

    work_orders_for: ClassVar[str]
    """The field of a work order that names the item."""

    @rows_below(
        PlannedWorkSerializer,
        summary="Work orders",
        orderings=WORK_ORDER_ORDERINGS,
        default_ordering="-created_at",
        filterset_class=WorkOrderFilterSet,
        url_path="work-orders",
    )
    def work_orders(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Who goes there, or went."""
        # Each is visible exactly where the item is that it is for.
        rows = visible_rows(WorkOrder, self.actor).for_display()
        mine = rows.filter(**{self.work_orders_for: self.path_id()})
        return self.page_below(mine, PlannedWorkSerializer)

    @extend_schema(summary="New work order", responses={201: PlannedWorkSerializer})
    @work_orders.mapping.post
    def add_work_order(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Plan work for this item."""
        return self.create_below(WorkOrder, self.work_orders_for, at="work-orders-detail")


class WorkOrderViewSet(Discussed, Filed, ExportsToFiles, Templated, InBackground, WorkItemViewSet):
    """Work orders: who goes where, when, and what was done there."""

    model = WorkOrder
    serializer_class = WorkOrderSerializer
    filterset_class = WorkOrderFilterSet
    export_columns = WORK_ORDER_COLUMNS
    orderings = WORK_ORDER_ORDERINGS

    @rows_below(
        ChecklistItemSerializer,
        summary="Checklist",
        orderings=IN_THEIR_ORDER,
        default_ordering="position",
    )
    def checklist(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What has to be done there, point by point."""
        rows = visible_rows(ChecklistItem, self.actor).for_display()
        mine = rows.filter(work_order=self.path_id())
        return self.page_below(mine, ChecklistItemSerializer)

    @extend_schema(summary="New point of the checklist", responses={201: ChecklistItemSerializer})
    @checklist.mapping.post
    def add_point(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Add something that has to be done there."""
        return self.create_below(ChecklistItem, "work_order", at="checklist-items-detail")


class ChecklistItemViewSet(ReadOneMixin, EditMixin, RemoveMixin, HistoryMixin, TransitionsMixin):
    """The points of checklists, one by one; together they stand below their work order."""

    model = ChecklistItem
    serializer_class = ChecklistItemSerializer
