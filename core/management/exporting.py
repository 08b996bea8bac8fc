"""Taking rows away as a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.export import Columns, csv_lines
from core.management.selection import Selection

CHUNK = 500


class ExportCommand(BaseCommand):
    """Streams, so that the size of the table does not matter."""

    selection: ClassVar[Selection]
    columns: ClassVar[Columns]

    def add_arguments(self, parser: CommandParser) -> None:
        self.selection.add_to(parser)
        parser.add_argument("--output", type=Path, metavar="FILE", help="else to standard output")

    def handle(self, *, output: Path | None, **options: Any) -> None:
        rows = self.selection.rows(options).iterator(chunk_size=CHUNK)
        lines = csv_lines(rows, self.columns)
        if output is None:
            for line in lines:
                self.stdout.write(line, ending="")
            return
        try:
            with output.open("w", encoding="utf-8", newline="") as file:
                written = sum(bool(file.write(line)) for line in lines)
        except OSError as error:
            raise CommandError(f"{output} cannot be written: {error.strerror}.") from error
        self.stderr.write(f"{written - 1} {self.selection.noun} written to {output}.")
