from __future__ import annotations

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import DatabaseError, close_old_connections

from core.chores import Chore, all_chores, run_due

logger = logging.getLogger(__name__)

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
            self._run(chores)
            stopping.wait(PAUSE_SECONDS)
        self.stdout.write("Stopped.")

    def _run(self, chores: list[Chore]) -> None:
        try:
            run_due(chores)
        except DatabaseError:
            # Busy or gone for a while: the chores are still there when it is back.
            logger.warning("The database does not answer; trying again", exc_info=True)
