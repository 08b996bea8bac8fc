"""See the queue from a terminal."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from requests_app.management.selection import add_selection, selected
from requests_app.models import ServiceRequest

WIDTHS = {"reference": 10, "status": 12, "priority": 9, "department": 12, "assignee": 18, "due": 17}


class Command(BaseCommand):
    """Reads only."""

    help = "List requests, newest first."

    def add_arguments(self, parser: CommandParser) -> None:
        add_selection(parser)
        parser.add_argument("--limit", type=int, default=50, help="at most so many; 0 for all")
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *, limit: int, format: str, **options: Any) -> None:
        if limit < 0:
            raise CommandError("--limit is 0 or more.")
        found = selected(options).order_by("-pk")
        shown = [described(request) for request in (found[:limit] if limit > 0 else found)]
        if format == "json":
            self.stdout.write(json.dumps(shown, indent=2, ensure_ascii=False))
            return
        self.stdout.write(_line({name: name.upper() for name in (*WIDTHS, "title")}))
        for row in shown:
            self.stdout.write(_line(row | {"due": (row["due"] or "")[:16].replace("T", " ")}))
        self.stdout.write(f"{len(shown)} shown.")


def described(request: ServiceRequest) -> dict[str, Any]:
    """A request in the words of a table."""
    return {
        "reference": request.reference,
        "status": request.status,
        "priority": request.priority,
        "department": request.department.name,
        "requester": request.requester.name,
        "assignee": request.assignee.name if request.assignee else "",
        "due": clock.timestamp(request.due_at) if request.due_at else None,
        "title": request.title,
    }


def _line(row: dict[str, Any]) -> str:
    cells = [f"{str(row[name])[:width]:<{width}}" for name, width in WIDTHS.items()]
    return " ".join([*cells, str(row["title"])]).rstrip()
