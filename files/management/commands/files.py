from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from files import upkeep
from files.storage import store


class Command(BaseCommand):
    help = "Compare files with their bytes, or remove bytes that belong to no file."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--verify", action="store_true", help="read every byte; exit 1 if any is not as stored"
        )
        parser.add_argument(
            "--sweep",
            action="store_true",
            help="remove what is left of uploads that were cut off over a day ago",
        )
        parser.add_argument("--dry-run", action="store_true", help="with --sweep: only name them")

    def handle(self, *args: Any, verify: bool, sweep: bool, dry_run: bool, **options: Any) -> None:
        if not verify and not sweep:
            raise CommandError("Say --verify or --sweep.")
        if sweep:
            self._sweep(dry_run=dry_run)
        if verify:
            self._verify()

    def _sweep(self, *, dry_run: bool) -> None:
        places = list(upkeep.orphans())
        for place in places:
            if not dry_run:
                store().delete(place)
            self.stdout.write(f"{'Would remove' if dry_run else 'Removed'} {place}")
        self.stdout.write(f"{len(places)} orphans.")

    def _verify(self) -> None:
        files, damaged = 0, []
        for _, found in upkeep.broken():
            files += 1
            if found:
                damaged.append(found)
                self.stderr.write(str(found))
        if damaged:
            named = ", ".join(each.file.reference for each in damaged)
            raise CommandError(f"{len(damaged)} of {files} files are damaged: {named}.")
        self.stdout.write(f"{files} files are as they were stored.")
