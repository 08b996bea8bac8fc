"""Who hears of a ticket: also those who watch what was merged into it, where they may see it."""

from __future__ import annotations

from accounts.models import User
from discussion.watching import watchers_of
from tickets.models import Ticket


def hearers(ticket: Ticket) -> list[User]:
    """Everybody who hears of it now, by name."""
    return watchers_of(ticket, also=following(ticket))


def following(ticket: Ticket) -> list[Ticket]:
    """What was merged into it."""
    return list(ticket.duplicates.order_by("pk"))
