"""See the tickets from a terminal."""

from __future__ import annotations

from typing import Any

from core.management.listing import ListCommand
from tickets.management.selection import TICKETS
from tickets.models import Ticket


class Command(ListCommand):
    """Reads only."""

    help = "List tickets, newest first."
    selection = TICKETS
    widths = {
        "reference": 10,
        "status": 12,
        "priority": 9,
        "team": 16,
        "assignee": 18,
        "due": 17,
    }

    def described(self, item: Ticket) -> dict[str, Any]:
        return {
            "reference": item.reference,
            "status": item.status,
            "priority": item.priority,
            "team": item.team.name if item.team else "",
            "requester": item.requester.name,
            "assignee": item.assignee.name if item.assignee else "",
            "due": item.due_at,
            "tags": item.tags,
            "title": item.title,
        }
