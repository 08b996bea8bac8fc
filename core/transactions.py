"""Transactions that survive a deadlock, and what a database error means."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from django.db import DatabaseError, InterfaceError, OperationalError, transaction

from core.errors import Unavailable

T = TypeVar("T")

RETRIES = 3
# SQLite answers "locked" only after its own busy timeout: past this, waiting again helps nobody.
RETRY_WINDOW_SECONDS = 5.0

SERIALIZATION_FAILURE, DEADLOCK, LOCK_TIMEOUT = "40001", "40P01", "55P03"
_SQLITE_BUSY = ("SQLITE_BUSY", "SQLITE_LOCKED")
_SQLITE_OUTAGE = (*_SQLITE_BUSY, "SQLITE_CANTOPEN", "SQLITE_IOERR", "SQLITE_FULL")


def atomic_with_retry(work: Callable[[], T]) -> T:
    """Run `work` in one transaction, again if the database chose it as a victim, else refuse.

    Inside another transaction it is a plain savepoint: only the outermost one can start again.
    """
    if transaction.get_connection().in_atomic_block:
        return _atomic(work)
    started, attempt = time.monotonic(), 0
    while True:
        try:
            return _atomic(work)
        except DatabaseError as error:
            if not may_be_retried(error):
                raise
            if attempt == RETRIES or time.monotonic() - started > RETRY_WINDOW_SECONDS:
                raise Unavailable from error
        attempt += 1
        # Jitter, so that two victims of each other do not meet again.
        time.sleep(random.uniform(0.01, 0.05) * 2**attempt)  # noqa: S311


def may_be_retried(error: BaseException) -> bool:
    """The database undid this transaction for the sake of another; the same work may well pass."""
    if not isinstance(error, OperationalError):
        return False
    return _sqlstate(error) in (SERIALIZATION_FAILURE, DEADLOCK) or _sqlite(error, _SQLITE_BUSY)


def is_lock_timeout(error: BaseException) -> bool:
    """Somebody else held the row for longer than one may wait."""
    return _sqlstate(error) == LOCK_TIMEOUT or _sqlite(error, _SQLITE_BUSY)


def is_outage(error: BaseException | None) -> bool:
    """The database is gone, full, or too slow: not the caller's fault, and it may pass."""
    if isinstance(error, InterfaceError):
        return True
    if not isinstance(error, OperationalError):
        return False
    # SQLite also calls a missing table or too long a statement "operational": those are bugs.
    return _sqlite(error, _SQLITE_OUTAGE) if _sqlite_name(error) else True


def _atomic(work: Callable[[], T]) -> T:
    with transaction.atomic():
        return work()


def _sqlstate(error: BaseException) -> str | None:
    return getattr(error.__cause__, "sqlstate", None)


def _sqlite_name(error: BaseException) -> str:
    return getattr(error.__cause__, "sqlite_errorname", None) or ""


def _sqlite(error: BaseException, names: tuple[str, ...]) -> bool:
    # Extended names carry a suffix, as in SQLITE_BUSY_SNAPSHOT.
    return _sqlite_name(error).startswith(names)
