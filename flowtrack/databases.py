"""How FlowTrack speaks to its database: PostgreSQL in production, SQLite to try and to develop."""

from dataclasses import dataclass
from typing import Any

CONNECT_TIMEOUT_SECONDS = 2
SQLITE_BUSY_SECONDS = 20


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How long PostgreSQL may take before a request gives up, in seconds, and how many connections it may hold."""

    statement_seconds: float
    lock_seconds: float
    pool_size: int


def configured(connection: dict[str, Any], *, limits: Limits) -> dict[str, Any]:
    """Django's database settings for a parsed DATABASE_URL, with FlowTrack's guarantees added."""
    ours = _sqlite() if connection["ENGINE"].endswith("sqlite3") else _postgresql(limits)
    return {**connection, **ours, "OPTIONS": {**ours["OPTIONS"], **connection.get("OPTIONS", {})}}


def _sqlite() -> dict[str, Any]:
    """Readers never wait, writers queue instead of failing, and what was acknowledged survives a power cut."""
    return {
        "OPTIONS": {
            "timeout": SQLITE_BUSY_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON"
            ),
        },
    }


def _postgresql(limits: Limits) -> dict[str, Any]:
    """A stuck statement, lock or connection ends on its own, and connections lost to a restart are replaced."""
    return {
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "connect_timeout": CONNECT_TIMEOUT_SECONDS,
            "options": (
                f"-c statement_timeout={round(limits.statement_seconds * 1000)}"
                f" -c lock_timeout={round(limits.lock_seconds * 1000)}"
            ),
            "pool": limits.pool_size > 0 and _pool(limits.pool_size),
        },
    }


def _pool(size: int) -> dict[str, Any]:
    """Give up quickly while the database is away: the next request asks anew, so recovery is noticed at once."""
    return {"min_size": 1, "max_size": size, "timeout": 3, "reconnect_timeout": 2}
