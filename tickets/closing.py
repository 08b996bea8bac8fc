"""What was resolved, and left alone since, is closed."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta

from core.errors import Conflict, Refused
from core.lifecycle import perform
from core.transactions import is_outage
from tickets.models import Ticket
from tickets.querysets import TicketQuerySet

logger = logging.getLogger(__name__)


def left_alone(length: timedelta, *, at: datetime) -> TicketQuerySet:
    """Tickets resolved longer ago than that, oldest first; what is merged follows its survivor."""
    rows: TicketQuerySet = Ticket.objects.resolved_before(at - length)
    return rows.order_by("resolved_at", "pk")


def close(tickets: TicketQuerySet, *, note: str) -> Iterator[tuple[Ticket, Refused | None]]:
    """Close each in its own transaction, as FlowTrack; yields each ticket and why it was refused.

    What somebody has touched since it was read is refused: it was not left alone.
    """
    for ticket in tickets:
        yield ticket, _refusal(ticket, note)


def _refusal(ticket: Ticket, note: str) -> Refused | None:
    """Close it; what is wrong with one ticket does not keep the others open."""
    try:
        perform(ticket, "close", actor=None, note=note, expected_version=ticket.version)
    except Refused as refused:
        return refused
    except Exception as error:
        if is_outage(error):
            raise
        logger.exception("%s could not be closed", ticket)
        return Conflict("Something is wrong with it: the log says what.")
    return None
