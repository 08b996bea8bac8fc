"""Bringing rows in from a spreadsheet."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.errors import InvalidInput
from core.imports import RecordResource, import_csv


class ImportCommand(BaseCommand):
    """All rows or none."""

    resource: ClassVar[type[RecordResource]]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--dry-run", action="store_true", help="check every row, change nothing"
        )

    def handle(self, *, file: Path, dry_run: bool, **options: Any) -> None:
        try:
            rows, bad = import_csv(self.resource(), _text_of(file), dry_run=dry_run)
        except InvalidInput as refused:
            raise CommandError(f"{refused.detail} Nothing was imported.") from refused
        for each in bad:
            self.stderr.write(f"line {each.line}: {each.reason}")
        if bad:
            raise CommandError(f"{len(bad)} of {rows} rows are wrong. Nothing was imported.")
        if dry_run:
            said = f"All {rows} rows are right. Nothing was imported: this was a dry run."
            self.stdout.write(said)
        else:
            noun = self.resource._meta.model._meta.verbose_name_plural
            self.stdout.write(self.style.SUCCESS(f"{rows} {noun} imported."))


def columns_in_words(resource: type[RecordResource]) -> str:
    """`Columns: title, type; optional: description.`"""
    return f"Columns: {', '.join(resource().required())}; optional: {', '.join(resource.optional)}."


def _text_of(file: Path) -> str:
    try:
        # Spreadsheets like to put an invisible mark at the beginning.
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CommandError(f"{file} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{file} is not UTF-8. Save it as “CSV UTF-8”.") from error
