"""Tickets under `/api/`."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.models import User
from core.api.ordering import Ordering
from core.api.viewsets import WorkItemViewSet
from core.priority import PRIORITY_RANK
from discussion.routes import Discussed
from files.routes import ExportsToFiles, Filed
from jobs.routes import InBackground
from tickets.audience import hearers
from tickets.columns import TICKET_COLUMNS
from tickets.filters import TicketFilterSet
from tickets.models import Ticket
from tickets.serializers import TicketSerializer
from tickets.views.links import Linked
from tickets.views.work_orders import WithWorkOrders


class TicketViewSet(
    Discussed, Filed, ExportsToFiles, Linked, WithWorkOrders, InBackground, WorkItemViewSet
):
    """Tickets: what is wrong, who sees to it, and what became of it."""

    model = Ticket
    serializer_class = TicketSerializer
    filterset_class = TicketFilterSet
    export_columns = TICKET_COLUMNS
    work_orders_for = "ticket"
    orderings = {
        "created_at": Ordering("created_at"),
        "updated_at": Ordering("updated_at"),
        "due_at": Ordering("due_at", nullable=True),
        "priority": Ordering(PRIORITY_RANK),
        "id": Ordering("id"),
    }

    def hearers(self, item: Ticket) -> Iterable[User]:
        """Also those who watch its duplicates."""
        return hearers(item)
