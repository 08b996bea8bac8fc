"""Seeing a queue from a terminal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core import clock
from core.management.selection import Selection


class ListCommand(BaseCommand):
    """Reads only."""

    selection: ClassVar[Selection]
    widths: ClassVar[Mapping[str, int]]
    """The columns of the table and how wide each is; the title comes last and takes the rest."""

    def described(self, item: Any) -> dict[str, Any]:
        """An item in the words of a table."""
        raise NotImplementedError

    def add_arguments(self, parser: CommandParser) -> None:
        self.selection.add_to(parser)
        parser.add_argument("--limit", type=int, default=50, help="at most so many; 0 for all")
        parser.add_argument("--format", choices=["table", "json"], default="table")

    def handle(self, *, limit: int, format: str, **options: Any) -> None:
        if limit < 0:
            raise CommandError("--limit is 0 or more.")
        found = self.selection.rows(options).order_by("-pk")
        shown = [self.described(item) for item in (found[:limit] if limit else found)]
        if format == "json":
            said = json.dumps(shown, indent=2, ensure_ascii=False, default=clock.timestamp)
            self.stdout.write(said)
            return
        for row in ({name: name.upper() for name in (*self.widths, "title")}, *shown):
            self.stdout.write(self._line(row))
        self.stdout.write(f"{len(shown)} shown.")

    def _line(self, row: Mapping[str, Any]) -> str:
        cells = [f"{_cell(row[name])[:width]:<{width}}" for name, width in self.widths.items()]
        return " ".join([*cells, str(row["title"])]).rstrip()


def _cell(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return "" if value is None else str(value)
