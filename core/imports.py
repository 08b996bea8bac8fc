"""Rows from a spreadsheet: each through the same rules as a row that somebody makes; all of them or none."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from io import StringIO
from types import MappingProxyType
from typing import Any, ClassVar, NamedTuple

import tablib
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from import_export import resources
from import_export.widgets import ForeignKeyWidget, Widget

from core.actors import Actor
from core.errors import InvalidInput, Refused
from core.lifecycle import create
from core.querysets import visible_rows


class RecordResource(resources.ModelResource):
    """One new record for each row; `Meta.fields` are the columns, and all but the optional ones are required."""

    optional: ClassVar[tuple[str, ...]] = ()

    class Meta:
        import_id_fields: tuple[str, ...] = ()
        skip_diff = True

    def __init__(
        self, *, actor: Actor | None = None, given: Mapping[str, Any] = MappingProxyType({})
    ) -> None:
        """Rows of this person, or FlowTrack's; all of them have what is given, and no column for it."""
        super().__init__()
        self.actor = actor
        self.given = given

    def columns(self) -> list[str]:
        """Those that a file may have."""
        return [name for name in self._meta.fields if name not in self.given]

    def required(self) -> list[str]:
        """Those that every file has."""
        return [name for name in self.columns() if name not in self.optional]

    def init_instance(self, row: Any = None) -> Any:
        return self._meta.model(**self.given)

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Through the one door; where FlowTrack does it, the row says whom it is for."""
        create(instance, actor=self.actor, note="Imported.")


class TextWidget(Widget):
    """Words as every other way in takes them: without blanks around."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> str:
        return str(value or "").strip()


class NamedWidget(ForeignKeyWidget):
    """A related row by the name that people write, in whatever case; what is out of sight is not there."""

    def __init__(self, model: Any, field: str, *, required: bool = True) -> None:
        self.required = required
        super().__init__(model, field)

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        name = str(value or "").strip()
        if not name:
            return self._nothing()
        try:
            rows = visible_rows(self.model, kwargs.get("actor"))
            return rows.get(**{f"{self.field}__iexact": name})
        except ObjectDoesNotExist:
            raise ValueError(f"There is no {self.model._meta.verbose_name} “{value}”.") from None

    def _nothing(self) -> None:
        if self.required:
            raise ValueError("This field is required.")


@dataclass(frozen=True)
class BadRow:
    """Why one row cannot be imported; the line is the file's, counted from 1."""

    line: int
    reason: str


class Sheet(NamedTuple):
    """The rows of a file, the line on which each begins (a cell may have several), and those of another width."""

    rows: tablib.Dataset
    lines: list[int]
    misshapen: list[BadRow]


class WholeNumberWidget(Widget):
    """A whole number as people write it, or nothing."""

    written = re.compile(r"\d{1,9}", re.ASCII)

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> int | None:
        text = str(value or "").strip()
        if text and not self.written.fullmatch(text):
            raise ValueError("Give a whole number.")
        return int(text) if text else None


def import_csv(
    resource: RecordResource, text: str, *, dry_run: bool, most: int | None = None
) -> tuple[int, list[BadRow]]:
    """Import a CSV text, all or none; returns how many rows it has, and those that are wrong.

    Raises InvalidInput where the text is no such table at all, or has more than ``most`` rows.
    """
    _refuse_what_cannot_be_stored(text)
    sheet = _read(resource, text)
    if most is not None and len(sheet.lines) + len(sheet.misshapen) > most:
        raise InvalidInput(f"At most {most} rows at once.")
    with transaction.atomic():
        result = resource.import_data(sheet.rows, use_transactions=True, actor=resource.actor)
        bad = [*sheet.misshapen, *_complaints(result, sheet.lines)]
        if bad or dry_run:
            transaction.set_rollback(True)
    return len(sheet.rows) + len(sheet.misshapen), sorted(bad, key=lambda row: row.line)


def _refuse_what_cannot_be_stored(text: str) -> None:
    if "\0" in text:
        line = text.count("\n", 0, text.index("\0")) + 1
        raise InvalidInput(f"Line {line}: this contains a NUL character.")


def _read(resource: RecordResource, text: str) -> Sheet:
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        _check_header(resource, header)
        rows, lines, misshapen, begins = [], [], [], reader.line_num + 1
        for row in reader:
            if row and len(row) != len(header):
                reason = f"{len(row)} cells instead of {len(header)}."
                misshapen.append(BadRow(begins, reason))
            elif row:
                rows.append(row)
                lines.append(begins)
            begins = reader.line_num + 1
    except csv.Error as error:
        raise InvalidInput(f"Line {reader.line_num}: this is not CSV ({error}).") from error
    return Sheet(tablib.Dataset(*rows, headers=header), lines, misshapen)


def _check_header(resource: RecordResource, header: list[str]) -> None:
    if missing := [name for name in resource.required() if name not in header]:
        raise InvalidInput(f"Line 1: the columns {', '.join(missing)} are missing.")
    if unknown := [name for name in header if name not in resource.columns()]:
        raise InvalidInput(f"Line 1: there are no columns {', '.join(unknown)}.")
    if len(set(header)) < len(header):
        raise InvalidInput("Line 1: each column may be there once.")


def _complaints(result: Any, lines: list[int]) -> Iterator[BadRow]:
    """What is wrong, by the line of the file."""
    for line, row in zip(lines, result.rows, strict=True):
        if row.validation_error:
            yield BadRow(line, _sentences(row.validation_error))
        for failure in row.errors:
            if not isinstance(failure.error, Refused | ValidationError):
                raise failure.error
            yield BadRow(line, _sentences(failure.error))


def _sentences(refused: Any) -> str:
    if isinstance(refused, ValidationError):
        refused = InvalidInput.from_django(refused)
    said = [
        f"{each.field}: {each.message}" if each.field else each.message for each in refused.errors
    ]
    return " ".join(said) or refused.detail
