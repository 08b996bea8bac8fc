"""`GET /export/`: the filtered rows as a file, streamed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from core.api.renderers import JSONRenderer, dumps
from core.errors import InvalidInput
from core.export import Columns, csv_lines

CHUNK = 500


class CSVRenderer(BaseRenderer):
    """Lets callers say `Accept: text/csv`; the lines themselves are streamed past it."""

    media_type = "text/csv"
    format = "csv"

    def render(self, data: Any, *args: Any, **kwargs: Any) -> bytes:
        return dumps(data)


class ExportMixin:
    """Lets a list be taken away; ``export_columns`` says what a line holds."""

    export_columns: ClassVar[Columns] = {}
    extra_parameters: ClassVar[frozenset[str]] = frozenset()
    basename: Any
    filter_queryset: Any
    get_queryset: Any

    @extend_schema(
        summary="Export",
        parameters=[OpenApiParameter("format", str, enum=["csv"], default="csv")],
        responses={(200, "text/csv"): OpenApiTypes.STR},
    )
    @action(
        detail=False,
        pagination_class=None,
        extra_parameters=frozenset({"format"}),
        renderer_classes=[JSONRenderer, CSVRenderer],
    )
    def export(self, request: Request, *args: Any, **kwargs: Any) -> StreamingHttpResponse:
        """The rows that the same filters would list, oldest first, as CSV with formula-safe cells."""
        if request.query_params.get("format", "csv") != "csv":
            raise InvalidInput.of("format", "Only csv is offered.", code="invalid_choice")
        rows = self.filter_queryset(self.get_queryset()).order_by("pk")
        lines = csv_lines(rows.iterator(chunk_size=CHUNK), self.export_columns)
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{self.basename}.csv"'
        return response
