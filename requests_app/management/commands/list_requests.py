"""See the requests from a terminal."""

from __future__ import annotations

from typing import Any

from core.management.listing import ListCommand
from requests_app.management.selection import REQUESTS
from requests_app.models import ServiceRequest


class Command(ListCommand):
    """Reads only."""

    help = "List requests, newest first."
    selection = REQUESTS
    widths = {
        "reference": 10,
        "status": 12,
        "priority": 9,
        "department": 12,
        "assignee": 18,
        "due": 17,
    }

    def described(self, item: ServiceRequest) -> dict[str, Any]:
        return {
            "reference": item.reference,
            "status": item.status,
            "priority": item.priority,
            "department": item.department.name,
            "requester": item.requester.name,
            "assignee": item.assignee.name if item.assignee else "",
            "due": item.due_at,
            "title": item.title,
        }
