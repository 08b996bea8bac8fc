"""Give somebody's unfinished work to somebody else."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.errors import Refused
from core.lifecycle import perform
from requests_app.management.selection import person_at
from requests_app.models import ServiceRequest


class Command(BaseCommand):
    """Safe to run twice: what has moved already is no longer theirs."""

    help = "Assign every open request of one agent to another; each in its own transaction."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", required=True, metavar="EMAIL", dest="giver")
        parser.add_argument("--to", required=True, metavar="EMAIL", dest="taker")
        parser.add_argument(
            "--as", metavar="EMAIL", dest="actor", help="who does it; else FlowTrack"
        )
        parser.add_argument("--note", default="", help="for the history")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would move, change nothing"
        )

    def handle(self, *, giver: str, taker: str, actor: str | None, **options: Any) -> None:
        to = person_at(taker)
        if not (to.is_active and to.is_agent):
            raise CommandError(f"{to} is no active agent, so nothing can be assigned to them.")
        if giver.lower() == taker.lower():
            raise CommandError("They have it already.")
        by = person_at(actor) if actor else None
        theirs = ServiceRequest.objects.open().filter(assignee=person_at(giver)).order_by("pk")
        refused = 0
        for request in theirs:
            if options["dry_run"]:
                self.stdout.write(f"{request}: would go to {to}")
            elif not self._moved(request, actor=by, assignee=to, note=options["note"]):
                refused += 1
        if refused:
            raise CommandError(f"{refused} of {len(theirs)} were refused.")
        self.stdout.write(f"{len(theirs)} requests{' (dry run)' if options['dry_run'] else ''}.")

    def _moved(self, request: ServiceRequest, **inputs: Any) -> bool:
        try:
            perform(request, "assign", **inputs)
        except Refused as refusal:
            self.stderr.write(f"{request}: {refusal.detail}")
            return False
        self.stdout.write(f"{request}: now with {inputs['assignee']}")
        return True
