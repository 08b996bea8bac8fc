"""Make recurring work that has come due, now."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from tickets.models import Occurrence, Schedule
from tickets.scheduling import run_due


class Command(BaseCommand):
    """Safe to run at any time, and beside any number of workers: each occurrence is made once."""

    help = (
        "Make the tickets and work orders that schedules have due; the worker does it every minute."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="say what is due, change nothing"
        )

    def handle(self, *, dry_run: bool, **options: Any) -> None:
        now = clock.now()
        if dry_run:
            due = list(Schedule.objects.due(at=now).order_by("next_at", "pk"))
            for schedule in due:
                self.stdout.write(f"{schedule}: {schedule.title}, due {schedule.next_at:%F %T} UTC")
            if not due:
                self.stdout.write("Nothing is due.")
            return
        handled = list(run_due(at=now))
        for each in handled:
            made = each.ticket or each.work_order
            self.stdout.write(f"{each.schedule}: {made or each.reason}")
        failed = sum(each.outcome == Occurrence.Outcome.FAILED for each in handled)
        if failed:
            raise CommandError(f"{failed} of {len(handled)} failed.")
        self.stdout.write(f"{len(handled)} made.")
