"""Requests from a file: every row through the same rules as a request that somebody makes."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any

import tablib
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db import transaction
from import_export import fields, resources
from import_export.widgets import ForeignKeyWidget, Widget

from accounts.models import Department, User
from core import strict_json
from core.errors import InvalidInput, Malformed, Refused
from core.lifecycle import create
from requests_app.models import RequestType, ServiceRequest

REQUIRED = ("title", "type", "department", "requester")
OPTIONAL = ("description", "priority", "answers")


@dataclass(frozen=True)
class BadRow:
    """Why one row cannot be imported; the line is the file's, counted from 1."""

    line: int
    reason: str


class NamedWidget(ForeignKeyWidget):
    """A related row by the name that people write, in whatever case."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        if not str(value or "").strip():
            raise ValueError("This field is required.")
        try:
            return self.model.objects.get(**{f"{self.field}__iexact": str(value).strip()})
        except ObjectDoesNotExist:
            raise ValueError(f"There is no {self.model._meta.verbose_name} “{value}”.") from None


class AnswersWidget(Widget):
    """Answers as a JSON object; an empty cell is no answer."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> Any:
        try:
            return strict_json.loads(str(value).encode()) if value else {}
        except Malformed as malformed:
            raise ValueError(malformed.detail) from None


class RequestResource(resources.ModelResource):
    """One new request for each row."""

    title = fields.Field("title", "title")
    description = fields.Field("description", "description")
    type = fields.Field("request_type", "type", widget=NamedWidget(RequestType, "slug"))
    department = fields.Field("department", "department", widget=NamedWidget(Department, "name"))
    requester = fields.Field("requester", "requester", widget=NamedWidget(User, "email"))
    priority = fields.Field("priority", "priority", default="medium")
    answers = fields.Field("answers", "answers", widget=AnswersWidget())

    class Meta:
        model = ServiceRequest
        fields = (*REQUIRED, *OPTIONAL)
        import_id_fields: tuple[str, ...] = ()
        skip_diff = True

    def save_instance(self, instance: Any, is_create: bool, row: Any, **kwargs: Any) -> None:
        """Through the one door, as FlowTrack: the requester is the row's."""
        create(instance, actor=None, note="Imported.")


def import_requests(text: str, *, dry_run: bool) -> tuple[int, list[BadRow]]:
    """Import a CSV text, all or none; returns how many rows it has, and those that are wrong."""
    dataset, lines, misshapen = _read(text)
    with transaction.atomic():
        result = RequestResource().import_data(dataset, use_transactions=True)
        bad = [*misshapen, *(BadRow(*each) for each in _complaints(result, lines))]
        if bad or dry_run:
            transaction.set_rollback(True)
    return len(dataset) + len(misshapen), sorted(bad, key=lambda row: row.line)


def _read(text: str) -> tuple[tablib.Dataset, list[int], list[BadRow]]:
    """The rows, the line on which each begins (a cell may have several), and those of another width."""
    reader = csv.reader(StringIO(text, newline=""), strict=True)
    try:
        header = [name.strip() for name in next(reader, [])]
        _check_header(header)
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
    return tablib.Dataset(*rows, headers=header), lines, misshapen


def _check_header(header: list[str]) -> None:
    if missing := [name for name in REQUIRED if name not in header]:
        raise InvalidInput(f"Line 1: the columns {', '.join(missing)} are missing.")
    if unknown := [name for name in header if name not in (*REQUIRED, *OPTIONAL)]:
        raise InvalidInput(f"Line 1: there are no columns {', '.join(unknown)}.")
    if len(set(header)) < len(header):
        raise InvalidInput("Line 1: each column may be there once.")


def _complaints(result: Any, lines: list[int]) -> Iterator[tuple[int, str]]:
    """What is wrong, by the line of the file."""
    for number, row in enumerate(result.rows):
        if row.validation_error:
            yield lines[number], _sentences(InvalidInput.from_django(row.validation_error))
        for failure in row.errors:
            if not isinstance(failure.error, Refused | ValidationError):
                raise failure.error
            yield lines[number], _sentences(failure.error)


def _sentences(refused: Any) -> str:
    if isinstance(refused, ValidationError):
        refused = InvalidInput.from_django(refused)
    said = [
        f"{each.field}: {each.message}" if each.field else each.message for each in refused.errors
    ]
    return " ".join(said) or refused.detail
