"""Up to which key a table is complete: on PostgreSQL, rows appear out of order."""

from __future__ import annotations

import time

from django.db import connection
from django.db.models import Max, Model

from core.errors import Unavailable

PATIENCE_SECONDS = 60.0
PAUSE_SECONDS = 0.1

WRITERS = """
SELECT array_agg(virtualtransaction) FROM pg_locks
WHERE relation = %s::regclass AND mode = 'RowExclusiveLock' AND pid <> pg_backend_pid()
AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""
"""The open transactions that have written to a table: each locks it before it takes a key."""


def settled(model: type[Model]) -> int:
    """A key up to which no row will appear any more, and the last one that is there now.

    Waits for those who are writing at this moment: whoever took a lower key is among them.
    Raises Unavailable where they stay open.
    """
    last = model._base_manager.aggregate(last=Max("pk"))["last"] or 0
    if connection.vendor == "postgresql":
        _wait_for_writers(model._meta.db_table)
    return int(last)


def _wait_for_writers(table: str) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    writing = _writers(table)
    while writing & _writers(table):
        if time.monotonic() > deadline:
            raise Unavailable("Another transaction has been open for too long.")
        time.sleep(PAUSE_SECONDS)


def _writers(table: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(WRITERS, [table])
        return set(cursor.fetchone()[0] or ())
