"""Bring requests in from a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.errors import InvalidInput
from requests_app.resources import OPTIONAL, REQUIRED, import_requests


class Command(BaseCommand):
    """All rows or none."""

    help = (
        "Make a request for each row of a CSV file: all of them, or none if any is wrong. "
        f"Columns: {', '.join(REQUIRED)}; optional: {', '.join(OPTIONAL)} (answers as JSON). "
        "A sample is in requests_app/samples/requests.csv."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="check every row, change nothing"
        )

    def handle(self, *, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            rows, bad = import_requests(_text_of(file), dry_run=dry_run)
        except InvalidInput as refused:
            raise CommandError(f"{refused.detail} Nothing was imported.") from refused
        for each in bad:
            self.stderr.write(f"line {each.line}: {each.reason}")
        if bad:
            raise CommandError(f"{len(bad)} of {rows} rows are wrong. Nothing was imported.")
        if dry_run:
            self.stdout.write(
                f"All {rows} rows are right. Nothing was imported: this was a dry run."
            )
        else:
            self.stdout.write(self.style.SUCCESS(f"{rows} requests imported."))


def _text_of(file: Path) -> str:
    try:
        # Spreadsheets like to put an invisible mark at the beginning.
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is not UTF-8. Save it as “CSV UTF-8”.") from error
