"""Requests and the catalogue under `/api/`."""

from __future__ import annotations

from core.api.ordering import Ordering
from core.api.viewsets import ReadOnlyRecordViewSet, RecordViewSet, WorkItemViewSet
from core.priority import PRIORITY_RANK
from discussion.routes import Discussed
from files.routes import ExportsToFiles, Filed
from jobs.routes import InBackground
from requests_app.columns import REQUEST_COLUMNS
from requests_app.filters import RequestFilterSet, RequestTypeFilterSet
from requests_app.models import Category, RequestType, ServiceRequest
from requests_app.serializers import (
    CategorySerializer,
    RequestTypeSerializer,
    ServiceRequestSerializer,
)
from tickets.views import Linked, WithWorkOrders


class RequestViewSet(
    Discussed, Filed, ExportsToFiles, Linked, WithWorkOrders, InBackground, WorkItemViewSet
):
    """Operations requests: what people asked for, and what became of it."""

    model = ServiceRequest
    serializer_class = ServiceRequestSerializer
    filterset_class = RequestFilterSet
    export_columns = REQUEST_COLUMNS
    work_orders_for = "request"
    orderings = {
        "created_at": Ordering("created_at"),
        "updated_at": Ordering("updated_at"),
        "due_at": Ordering("due_at", nullable=True),
        "priority": Ordering(PRIORITY_RANK),
        "id": Ordering("id"),
    }


class CatalogViewSet(RecordViewSet):
    """The catalogue: what people can ask for, with its form, approvals and target."""

    model = RequestType
    serializer_class = RequestTypeSerializer
    filterset_class = RequestTypeFilterSet
    orderings = {"name": Ordering("name"), "created_at": Ordering("created_at")}
    default_ordering = "name"


class CategoryViewSet(ReadOnlyRecordViewSet):
    """The shelves of the catalogue."""

    model = Category
    serializer_class = CategorySerializer
    orderings = {"position": Ordering("position"), "name": Ordering("name")}
    default_ordering = "position"
