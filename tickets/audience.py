"""Who hears of a ticket: also those who watch what was merged into it, where they may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from accounts.models import User
from discussion.watching import watchers_of
from tickets.models import Ticket


def hearers(ticket: Ticket) -> list[User]:
    """Everybody who hears of it now, by name."""
    return watchers_of(ticket, also=following(ticket))


def following(ticket: Ticket) -> list[Ticket]:
    """What was merged into it."""
    return all_following([ticket])[ticket.pk]


def all_following(tickets: Iterable[Ticket]) -> dict[int, list[Ticket]]:
    """What was merged into each of these; in one query."""
    merged = Ticket.objects.filter(merged_into__in=[ticket.pk for ticket in tickets])
    found: dict[Any, list[Ticket]] = defaultdict(list)
    for each in merged.order_by("pk"):
        found[each.merged_into_id].append(each)
    return found
