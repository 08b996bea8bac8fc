"""Take requests away as a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.export import csv_lines
from requests_app.columns import REQUEST_COLUMNS
from requests_app.management.selection import add_selection, selected

CHUNK = 500


class Command(BaseCommand):
    """Streams, so that the size of the table does not matter."""

    help = "Write requests as CSV, oldest first; cells are safe to open in a spreadsheet."

    def add_arguments(self, parser: CommandParser) -> None:
        add_selection(parser)
        parser.add_argument("--output", type=Path, metavar="FILE", help="else to standard output")

    def handle(self, *, output: Path | None, **options: Any) -> None:
        lines = csv_lines(selected(options).iterator(chunk_size=CHUNK), REQUEST_COLUMNS)
        if output is None:
            for line in lines:
                self.stdout.write(line, ending="")
            return
        try:
            with output.open("w", encoding="utf-8", newline="") as file:
                written = sum(bool(file.write(line)) for line in lines)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
        self.stderr.write(f"{written - 1} requests written to {output}.")
