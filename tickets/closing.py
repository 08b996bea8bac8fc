"""What was resolved, and left alone since, is closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from core.errors import Refused
from core.lifecycle import perform
from tickets.models import Ticket
from tickets.querysets import TicketQuerySet


def left_alone(length: timedelta, *, at: datetime) -> TicketQuerySet:
    """Tickets resolved longer ago than that, oldest first; what is merged follows its survivor."""
    rows: TicketQuerySet = Ticket.objects.resolved_before(at - length)
    return rows.order_by("resolved_at", "pk")


def close(tickets: TicketQuerySet, *, note: str) -> Iterator[tuple[Ticket, Refused | None]]:
    """Close each in its own transaction, as FlowTrack; yields each ticket and why it was refused.

    What somebody has touched since it was read is refused: it was not left alone.
    """
    for ticket in tickets:
        try:
            perform(ticket, "close", actor=None, note=note, expected_version=ticket.version)
            yield ticket, None
        except Refused as refused:
            yield ticket, refused
