"""Windows of time that never overlap: PostgreSQL itself refuses the second of two."""

from __future__ import annotations

from typing import Any

from django.db import DatabaseError, NotSupportedError, transaction
from django.db.migrations.operations.base import Operation

EXTENSION = "btree_gist"
CONSTRAINT = """
ALTER TABLE {table} ADD CONSTRAINT {name} EXCLUDE USING gist
    ({owner} WITH =, tstzrange({start}, {end}) WITH &&) WHERE ({condition})
"""
MISSING = f"""
The extension {EXTENSION} of PostgreSQL is missing, and this account may not create it.
Let the owner of the database (or a superuser) run, in this database, once:

    CREATE EXTENSION {EXTENSION};

Then migrate again. It belongs to PostgreSQL's own "contrib" modules.
"""


class NoOverlap(Operation):
    """Migration operation: no two rows of one owner have windows that overlap, on PostgreSQL.

    A window begins at its start and ends before its end, so that two may touch. ``condition`` is SQL
    over the row's own columns and says which rows count. SQLite has no such constraint: there the
    check under the lock, of which the whole database has one, is all there is.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(
        self, model: str, *, name: str, owner: str, start: str, end: str, condition: str
    ) -> None:
        self.model = model
        self.name = name
        self.owner, self.start, self.end = owner, start, end
        self.condition = condition

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Constraints made by hand are no part of the models' state."""

    def database_forwards(self, app_label: str, editor: Any, old: Any, new: Any) -> None:
        if editor.connection.vendor != "postgresql":
            return
        _ensure_extension(editor)
        model = new.apps.get_model(app_label, self.model)
        columns = {part: self._column(model, part) for part in ("owner", "start", "end")}
        editor.execute(
            CONSTRAINT.format(
                table=editor.quote_name(model._meta.db_table),
                name=editor.quote_name(self.name),
                condition=self.condition,
                **{part: editor.quote_name(column) for part, column in columns.items()},
            )
        )

    def database_backwards(self, app_label: str, editor: Any, old: Any, new: Any) -> None:
        if editor.connection.vendor != "postgresql":
            return
        table = old.apps.get_model(app_label, self.model)._meta.db_table
        # The extension stays: others may have come to rely on it.
        editor.execute(
            f"ALTER TABLE {editor.quote_name(table)}"
            f" DROP CONSTRAINT IF EXISTS {editor.quote_name(self.name)}"
        )

    def describe(self) -> str:
        return f"Refuse windows of {self.model} that overlap"

    def _column(self, model: Any, part: str) -> str:
        return str(model._meta.get_field(getattr(self, part)).column)


def _ensure_extension(editor: Any) -> None:
    """Lets an exclusion compare ids. Raises NotSupportedError, which says what to do, where it may not."""
    create = f"CREATE EXTENSION IF NOT EXISTS {EXTENSION}"
    if editor.collect_sql or not _is_installed(editor.connection):
        try:
            with transaction.atomic(using=editor.connection.alias):
                editor.execute(create)
        except DatabaseError as error:
            raise NotSupportedError(MISSING) from error


def _is_installed(connection: Any) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = %s", [EXTENSION])
        return cursor.fetchone() is not None
