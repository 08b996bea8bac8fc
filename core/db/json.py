"""JSON and the database: related rows as one value in the row's own statement, and lists one can ask."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db.models import Func, JSONField, Lookup, QuerySet, Subquery
from django.db.models.functions import JSONObject


class JSONRows(Func):
    """Aggregate an expression over all rows into one JSON array; `[]` when there are none."""

    template = "COALESCE(JSONB_AGG(%(expressions)s), '[]'::jsonb)"
    output_field = JSONField()

    def as_sqlite(self, compiler: Any, connection: Any, **context: Any) -> Any:
        template = "JSON_GROUP_ARRAY(%(expressions)s)"
        if isinstance(self.get_source_expressions()[0], JSONObject):
            # SQLite forgets that a nested value was JSON already.
            template = "JSON_GROUP_ARRAY(JSON(%(expressions)s))"
        return super().as_sql(compiler, connection, template=template, **context)


def json_rows(rows: QuerySet[Any], expression: Any) -> Subquery:
    """A subquery with one JSON array of the expression over the rows; unordered, so sort in Python."""
    return Subquery(rows.order_by().annotate(json_rows=JSONRows(expression)).values("json_rows"))


def moment_of(text: str | None) -> datetime | None:
    """A moment out of `json_rows`, in either database's words; SQLite leaves the time zone, UTC, out."""
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


@JSONField.register_lookup
class HasElement(Lookup):
    """`tags__has_element="vpn"`: whether a JSON list of texts holds this one."""

    lookup_name = "has_element"

    def get_prep_lookup(self) -> str:
        return str(self.rhs)

    def process_rhs(self, compiler: Any, connection: Any) -> Any:
        return "%s", [self.rhs]

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        """PostgreSQL: containment, which a GIN index answers."""
        column, params = compiler.compile(self.lhs)
        return f"{column} @> jsonb_build_array(%s::text)", [*params, self.rhs]

    def as_sqlite(self, compiler: Any, connection: Any) -> Any:
        column, params = compiler.compile(self.lhs)
        held = f"EXISTS (SELECT 1 FROM json_each({column}) WHERE value = %s)"  # noqa: S608 - no input
        return held, [*params, self.rhs]
