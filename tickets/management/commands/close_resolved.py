"""Close what was resolved and left alone since."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from core.management.durations import duration
from tickets.closing import close, left_alone


class Command(BaseCommand):
    """Safe to run twice: what is closed is not resolved any more."""

    help = (
        "Close tickets that were resolved longer ago than that and not reopened since; each in its own "
        "transaction. What is merged follows its survivor. The worker does it by itself, see "
        "CLOSE_RESOLVED_DAYS."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--after", required=True, type=duration, metavar="TIME", help="14d, 36h or 90m"
        )
        parser.add_argument("--note", default="Closed by command.", help="for the history")
        parser.add_argument(
            "--dry-run", action="store_true", help="say what would be closed, change nothing"
        )

    def handle(self, *, after: timedelta, note: str, dry_run: bool, **options: Any) -> None:
        due = left_alone(after, at=clock.now())
        if dry_run:
            for ticket in due:
                self.stdout.write(f"{ticket}: would be closed")
            self.stdout.write(f"{len(due)} tickets (dry run).")
            return
        refused = 0
        for ticket, refusal in close(due, note=note):
            if refusal is None:
                self.stdout.write(f"{ticket}: closed")
            else:
                refused += 1
                self.stderr.write(f"{ticket}: {refusal.detail}")
        if refused:
            raise CommandError(f"{refused} of {len(due)} were refused.")
        self.stdout.write(self.style.SUCCESS(f"{len(due)} tickets closed."))
