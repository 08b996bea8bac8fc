from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from core.chores import all_chores
from jobs.kinds import all_kinds
from jobs.worker import work, work_once


class Command(BaseCommand):
    help = "Do the background work of all apps until stopped; any number of these share it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due, then stop")
        parser.add_argument(
            "--only",
            choices=["jobs", "scheduler"],
            help="only run jobs, or only what hands them out: schedules and upkeep",
        )

    def handle(self, *args: Any, once: bool, only: str | None, **options: Any) -> None:
        chores = len(all_chores())
        if once:
            ran, messages = work_once()
            self.stdout.write(
                f"{ran} of {chores} chores were due, {messages} jobs were handed out."
            )
            return
        said = f"Working: {chores} chores, {len(all_kinds())} kinds of job."
        work(
            jobs=only != "scheduler",
            scheduler=only != "jobs",
            started=lambda: (self.stdout.write(said), self.stdout.flush()),
        )
        self.stdout.write("Stopped.")
