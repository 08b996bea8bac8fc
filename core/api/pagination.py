"""Keyset pages: the cost of a page depends neither on its depth nor on the size of the table."""

from collections.abc import Sequence
from typing import Any, Protocol
from urllib.parse import urlencode

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param

from core.api.ordering import SORT_KEY, Ordering, Position
from core.api.parameters import requested_includes
from core.errors import InvalidCursor, InvalidInput

DEFAULT_LIMIT, MAX_LIMIT = 25, 100
COUNT_CAP = 10_000


class SortableView(Protocol):
    """What a view with pages declares: sorts by name, and the default, as `-name` if descending."""

    orderings: dict[str, Ordering]
    default_ordering: str


class Cursors:
    """Positions as opaque text that only fits the list (path, order, filters) it was made for."""

    paging = ("cursor", "limit", "include")

    def __init__(self, request: Request) -> None:
        filters = [pair for pair in request.query_params.lists() if pair[0] not in self.paging]
        context = f"{request.path}?{urlencode(sorted(filters), doseq=True)}"
        self._signer = signing.Signer(salt=f"cursor:{context}", sep=".")

    def write(self, position: Position) -> str:
        value, pk = (_portable(each) for each in (position.value, position.pk))
        return self._signer.sign_object([int(position.backwards), value, pk])

    def read(self, text: str, queryset: QuerySet[Any]) -> Position:
        try:
            backwards, value, pk = self._signer.unsign_object(text)
            if pk is None:
                return Position(bool(backwards))
            key_field = queryset.query.annotations[SORT_KEY].output_field
            pk = queryset.model._meta.pk.to_python(pk)
            return Position(bool(backwards), key_field.to_python(value), pk)
        except (signing.BadSignature, ValidationError, ValueError) as error:
            raise InvalidCursor from error


class KeysetPagination(BasePagination):
    """`{next, previous, results}`, and `count` for those who ask with `include=count`."""

    def paginate_queryset(  # type: ignore[override]  # only querysets have pages here
        self, queryset: QuerySet[Any], request: Request, view: Any = None
    ) -> list[Any]:
        """One page of rows. One statement, and one more for the count when asked for."""
        self.request = request
        self.limit = limit_of(request)
        self.counted = count_up_to_cap(queryset) if _wants_count(request, view) else None
        name = request.query_params.get("ordering") or view.default_ordering
        self.ordering, self.descending = chosen_ordering(view, name)
        queryset = queryset.annotate(**{SORT_KEY: self.ordering.key})
        self.keys = (SORT_KEY, queryset.model._meta.pk.name)
        self.cursors = Cursors(request)
        given = request.query_params.get("cursor")
        self.position = self.cursors.read(given, queryset) if given is not None else Position()
        self.is_first_request = given is None
        return self._window(queryset)

    def _window(self, queryset: QuerySet[Any]) -> list[Any]:
        """The rows of the page in the order of the list, and whether more lie beyond."""
        rows: list[Any] = []
        for stretch in self.ordering.stretches(self.position, descending=self.descending):
            if missing := self.limit + 1 - len(rows):
                found = queryset.filter(stretch.condition).order_by(*stretch.order)
                rows += found[:missing]
        self.has_more = len(rows) > self.limit
        self.rows = rows[: self.limit]
        if self.position.backwards:
            self.rows.reverse()
        return self.rows

    def get_paginated_response(self, data: Any) -> Response:
        """The page around what its rows became."""
        body = {"next": self.next_link(), "previous": self.previous_link(), "results": data}
        if self.counted is not None:
            body["count"] = min(self.counted, COUNT_CAP)
            body["count_capped"] = self.counted > COUNT_CAP
        return Response(body)

    def next_link(self) -> str | None:
        """The page after this one. Coming back from it, there is always one."""
        if self.position.backwards or self.has_more:
            return self._link(self.rows[-1:], backwards=False)
        return None

    def previous_link(self) -> str | None:
        """The page before this one. Coming forward from it, there is always one."""
        if self.has_more if self.position.backwards else not self.is_first_request:
            return self._link(self.rows[:1], backwards=True)
        return None

    def _link(self, edge: Sequence[Any], *, backwards: bool) -> str:
        # A page that emptied since leads back to the near end of the list.
        position = Position(backwards, *(_value(row, key) for row in edge for key in self.keys))
        url = self.request.build_absolute_uri()
        return str(replace_query_param(url, "cursor", self.cursors.write(position)))

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """The parameters of every list, for the API description."""
        names = [sign + name for name in view.orderings for sign in ("", "-")]
        limit = {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": DEFAULT_LIMIT}
        ordering = {"type": "string", "enum": names, "default": view.default_ordering}
        includes = {"type": "string", "enum": sorted(view.includes)}
        return [
            _parameter("limit", limit, "How many rows a page has at most."),
            _parameter("cursor", {"type": "string"}, "Taken from `next` or `previous`."),
            _parameter("ordering", ordering, "One key; `-` for descending. Empty values are last."),
            _parameter("include", {"type": "array", "items": includes}, "What to add.")
            | {"explode": False, "style": "form"},
        ]

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """The shape of a page, for the API description."""
        link = {"type": ["string", "null"], "format": "uri"}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {
                "next": link | {"description": "The following page.", "example": None},
                "previous": link | {"description": "The page before.", "example": None},
                "results": schema,
                "count": {
                    "type": "integer",
                    "description": f"With `include=count`: all rows, at most {COUNT_CAP}.",
                    "example": 1,
                },
                "count_capped": {
                    "type": "boolean",
                    "description": "Whether there are more rows than `count` says.",
                    "example": False,
                },
            },
        }


def limit_of(request: Request) -> int:
    """How many rows the caller wants on a page."""
    text = request.query_params.get("limit", str(DEFAULT_LIMIT))
    if text.isascii() and text.isdigit() and len(text) <= 3 and 1 <= int(text) <= MAX_LIMIT:
        return int(text)
    raise InvalidInput.of("limit", f"Must be a number from 1 to {MAX_LIMIT}.")


def chosen_ordering(view: SortableView, name: str) -> tuple[Ordering, bool]:
    """The ordering of that name, and whether it is descending."""
    ordering = view.orderings.get(name.removeprefix("-"))
    if ordering is None:
        known = ", ".join(view.orderings)
        raise InvalidInput.of("ordering", f"Must be one of {known}, or one with a minus sign.")
    return ordering, name.startswith("-")


def count_up_to_cap(queryset: QuerySet[Any]) -> int:
    """How many rows there are, counting no further than one past the cap."""
    return queryset.order_by()[: COUNT_CAP + 1].count()


def _wants_count(request: Request, view: Any) -> bool:
    return "count" in requested_includes(request, view)


def _value(row: Any, name: str) -> Any:
    return row[name] if isinstance(row, dict) else getattr(row, name)


def _portable(value: Any) -> Any:
    return value if value is None or isinstance(value, str | int | float) else str(value)


def _parameter(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "schema": schema, "description": description}
