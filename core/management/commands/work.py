from __future__ import annotations

import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections

from core.chores import all_chores, run_due

PAUSE_SECONDS = 1.0


class Command(BaseCommand):
    help = "Run the periodic work of all apps until stopped; any number of these share it."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="run what is due, then stop")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        chores = all_chores()
        if once:
            self.stdout.write(f"{run_due(chores)} of {len(chores)} chores were due.")
            return
        stopping = threading.Event()
        for stop in (signal.SIGTERM, signal.SIGINT):
            signal.signal(stop, lambda *_: stopping.set())
        self.stdout.write(f"Working: {len(chores)} chores.")
        while not stopping.is_set():
            close_old_connections()
            run_due(chores)
            stopping.wait(PAUSE_SECONDS)
        self.stdout.write("Stopped.")
