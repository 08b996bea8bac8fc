"""Rows from a file, all or none, with a dry run: kept to the rules of a row that somebody makes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from drf_spectacular.utils import OpenApiExample, extend_schema_field, extend_schema_serializer
from rest_framework import serializers
from rest_framework.parsers import MultiPartParser
from rest_framework.response import Response

from core.api.parsers import StrictJSONParser
from core.api.serializers import StrictSerializer
from core.api.viewsets import ScopedViewSet
from core.errors import FieldError, InvalidInput, PayloadTooLarge
from core.imports import BadRow, RecordResource, import_csv
from core.lifecycle import refused_by
from core.models import Record
from core.transactions import atomic_with_retry

MOST_ROWS = 200


class SheetParser(MultiPartParser):
    """Reads a form with a file that is no larger than any other body."""

    def parse(self, stream: Any, media_type: Any = None, parser_context: Any = None) -> Any:
        """Raises PayloadTooLarge before anything is read."""
        if int(parser_context["request"].META.get("CONTENT_LENGTH") or 0) > _limit():
            raise PayloadTooLarge
        return super().parse(stream, media_type, parser_context)


PARSERS = [StrictJSONParser, SheetParser]
"""A file of a form, or the text of one in JSON."""


@extend_schema_field({"type": "string", "description": "CSV in UTF-8 with a header."})
class SheetField(serializers.Field[Any, Any, Any, Any]):
    """A file, or its text."""

    default_error_messages = {
        "invalid": "Give a CSV file, or its text.",
        "encoding": "It is not UTF-8. Save it as “CSV UTF-8”.",
    }

    def to_internal_value(self, data: Any) -> str:
        if isinstance(data, str):
            return data.removeprefix("\ufeff")
        if not isinstance(data, UploadedFile):
            self.fail("invalid")
        try:
            # Spreadsheets like to put an invisible mark at the beginning.
            return data.read().decode("utf-8-sig")
        except UnicodeDecodeError:
            self.fail("encoding")

    def to_representation(self, value: Any) -> Any:
        return value


@extend_schema_serializer(
    examples=[
        OpenApiExample(
            "As JSON",
            request_only=True,
            value={"file": "title,due_on\nPack the books,2026-12-01\n", "dry_run": True},
        )
    ]
)
class ImportSerializer(StrictSerializer):
    """A table, and whether it is only tried."""

    file = SheetField(help_text="The CSV file, or its text.")
    dry_run = serializers.BooleanField(
        default=False,
        help_text="Check every row, change nothing, and answer 200 with what is wrong.",
    )


class BadRowSerializer(serializers.Serializer[BadRow]):
    """Why a row cannot be imported."""

    line = serializers.IntegerField(help_text="Of the file, from 1.")
    reason = serializers.CharField()


class ImportedSerializer(serializers.Serializer[Any]):
    """What became of the rows."""

    rows = serializers.IntegerField(help_text="How many there are.")
    imported = serializers.IntegerField(help_text="All or none.")
    dry_run = serializers.BooleanField()
    bad_rows = BadRowSerializer(many=True)


class ImportMixin(ScopedViewSet):
    """Gives a viewset the answer of an import; its own route says what the rows belong to."""

    import_resource: ClassVar[type[RecordResource]]

    def imported(self, **given: Record) -> Response:
        """Import the rows of the body as the caller, each with these fields beside its own.

        Wrong rows are refused with their lines; a dry run answers with them.
        """
        body = self.get_serializer(data=self.request.data)
        body.is_valid(raise_exception=True)
        model = self.import_resource._meta.model
        if refused := refused_by(model.creatable, model(**given), self.actor):
            raise refused
        text, dry_run = body.validated_data["file"], body.validated_data["dry_run"]
        if promised := self.import_later(text, dry_run=dry_run, given=given):
            return promised
        resource = self.import_resource(actor=self.actor, given=given)
        rows, bad = atomic_with_retry(
            lambda: import_csv(resource, text, dry_run=dry_run, most=MOST_ROWS)
        )
        if bad and not dry_run:
            raise _refused(rows, bad)
        said = {"rows": rows, "imported": 0 if dry_run else rows, "dry_run": dry_run}
        return Response(ImportedSerializer({**said, "bad_rows": bad}).data)

    def import_later(
        self, text: str, *, dry_run: bool, given: Mapping[str, Record]
    ) -> Response | None:
        """The answer where so many rows are not waited for; by default, they are refused."""
        return None


def _limit() -> int:
    return int(settings.DATA_UPLOAD_MAX_MEMORY_SIZE)


def _refused(rows: int, bad: list[BadRow]) -> InvalidInput:
    errors = [FieldError(f"file.{each.line}", "invalid", each.reason) for each in bad]
    said = f"{len(bad)} of {rows} rows are wrong, so nothing was imported."
    return InvalidInput(said, errors=errors)
