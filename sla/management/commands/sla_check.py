"""`manage.py sla_check`: whether every item keeps what the clock says."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from sla.checking import wrong_items
from sla.management.telling import told


class Command(BaseCommand):
    """Reads every row; safe to run at any time and as often as one likes."""

    help = "Compute the due times of every item anew and say which rows keep something else."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fix", action="store_true", help="let them keep what the clock says")

    def handle(self, *, fix: bool, **options: Any) -> None:
        found = mended = 0
        for difference in wrong_items():
            self.stdout.write(told(difference))
            found += 1
            mended += fix and difference.mend("Found by sla_check.")
        if found > mended:
            raise CommandError(f"{found - mended} items keep something else than the clock says.")
        said = f"{mended} items mended." if mended else "Every item keeps what the clock says."
        self.stdout.write(self.style.SUCCESS(said))
