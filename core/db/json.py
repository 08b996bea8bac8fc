"""Related rows as one JSON value, built by the database inside the row's own statement."""

from __future__ import annotations

from typing import Any

from django.db.models import Func, JSONField, QuerySet, Subquery
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
