"""Up to which key a table is complete: on PostgreSQL, rows appear out of order."""

from __future__ import annotations

import time
from typing import Any

from django.db import connection
from django.db.models import Max, Model

from core.errors import Unavailable

PATIENCE_SECONDS = 60.0
PAUSE_SECONDS = 0.1

A_NUMBER = "SELECT pg_current_xact_id()::text"
"""Greater than that of every transaction which has written anything by now."""

LOWER_ONES_ARE_OPEN = "SELECT pg_snapshot_xmin(pg_current_snapshot()) < %s::xid8"


def settled(model: type[Model]) -> int:
    """A key up to which no row will appear any more, and the last one that is there now.

    Waits for the transactions that are open at this moment: whoever took a lower key is among them,
    if it had written something before, as whoever writes an event has. Not for use in a transaction.
    Raises Unavailable where they stay open.
    """
    last = model._base_manager.aggregate(last=Max("pk"))["last"] or 0
    if connection.vendor == "postgresql":
        _wait_for_open_ones()
    return int(last)


def _wait_for_open_ones() -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    number = _answer(A_NUMBER)
    while _answer(LOWER_ONES_ARE_OPEN, number):
        if time.monotonic() > deadline:
            raise Unavailable("Another transaction has been open for too long.")
        time.sleep(PAUSE_SECONDS)


def _answer(question: str, *values: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        return cursor.fetchone()[0]
