"""Tables that only grow: the database itself refuses to rewrite or remove their rows."""

from __future__ import annotations

from typing import Any

from django.db.migrations.operations.base import Operation

OPEN_COLUMNS = {"core_event": ("told_at",)}
"""Columns of such tables that are no history: what became of the telling of it."""

SQLITE = {
    "UPDATE": (
        "CREATE TRIGGER IF NOT EXISTS {table}_no_update BEFORE UPDATE OF {closed} ON {table}"
        " BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    ),
    "DELETE": (
        "CREATE TRIGGER IF NOT EXISTS {table}_no_delete BEFORE DELETE ON {table}"
        " BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    ),
}

POSTGRESQL = """
CREATE OR REPLACE FUNCTION {table}_is_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF to_jsonb(OLD) - '{{{open}}}'::text[] = to_jsonb(NEW) - '{{{open}}}'::text[] THEN
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE OR REPLACE TRIGGER {table}_no_rewriting BEFORE UPDATE OR DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION {table}_is_append_only();
CREATE OR REPLACE TRIGGER {table}_no_truncating BEFORE TRUNCATE ON {table}
    FOR EACH STATEMENT EXECUTE FUNCTION {table}_is_append_only();
"""


class AppendOnly(Operation):
    """Migration operation: triggers refuse UPDATE, DELETE and TRUNCATE on a model's table.

    SQLite drops triggers when it rebuilds a table: repeat this after every change to the model.
    """

    reversible = True
    reduces_to_sql = True

    def __init__(self, model: str) -> None:
        self.model = model

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Triggers are no part of the models' state."""

    def database_forwards(self, app_label: str, editor: Any, old: Any, new: Any) -> None:
        install(editor.connection, new.apps.get_model(app_label, self.model)._meta.db_table)

    def database_backwards(self, app_label: str, editor: Any, old: Any, new: Any) -> None:
        remove(editor.connection, old.apps.get_model(app_label, self.model)._meta.db_table)

    def describe(self) -> str:
        return f"Refuse to rewrite {self.model}"


def install(connection: Any, table: str) -> None:
    """Put the triggers on a table; does nothing where they are already."""
    statements = [POSTGRESQL] if connection.vendor == "postgresql" else list(SQLITE.values())
    opened = OPEN_COLUMNS.get(table, ())
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, table)
        closed = ", ".join(each.name for each in columns if each.name not in opened)
        for statement in statements:
            cursor.execute(statement.format(table=table, closed=closed, open=",".join(opened)))


def remove(connection: Any, table: str) -> None:
    """Take the triggers off again: for reversing a migration, and for clearing a test database."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP FUNCTION IF EXISTS {table}_is_append_only() CASCADE")
            return
        for verb in SQLITE:
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb.lower()}")


def is_installed(connection: Any, table: str) -> bool:
    """Whether the database would refuse to rewrite the table's rows."""
    catalogue = (
        "SELECT count(*) FROM pg_trigger WHERE tgname LIKE %s AND NOT tgisinternal"
        if connection.vendor == "postgresql"
        else "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(catalogue, [f"{table}_no_%"])
        return bool(cursor.fetchone()[0] == 2)
