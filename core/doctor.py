"""What is wrong with an installation and how to mend it; apps add examinations of their own."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.core.checks import WARNING, run_checks
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from core.chores import all_chores
from core.db import append_only
from core.models import ChoreRun, LedgerCheck
from core.registry import append_only_tables

OVERDUE = timedelta(minutes=2)
CHECKED_AT_LEAST_EVERY = timedelta(days=2)


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong, and what to do about it."""

    what: str
    remedy: str


Examination = Callable[[], Iterator[Finding]]
_examinations: dict[str, Examination] = {}


def examination(name: str) -> Callable[[Examination], Examination]:
    """Register a generator of findings; one that finds nothing is healthy."""

    def register(examine: Examination) -> Examination:
        _examinations[name] = examine
        return examine

    return register


def examine() -> Iterator[tuple[str, list[Finding]]]:
    """Every examination with what it found; one that breaks is a finding itself."""
    for name, look in _examinations.items():
        try:
            yield name, list(look())
        except Exception as error:  # noqa: BLE001 - whatever breaks is a finding
            yield name, [Finding(f"It could not be examined: {error}", "Mend what is above first.")]


@examination("database")
def database() -> Iterator[Finding]:
    """Reachable, and set up so that nothing acknowledged is lost."""
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            wanted = {"journal_mode": "wal", "foreign_keys": 1, "synchronous": 2}
            for pragma, value in wanted.items():
                found = cursor.execute(f"PRAGMA {pragma}").fetchone()[0]
                if found not in (value, "memory"):
                    yield Finding(
                        f"SQLite's {pragma} is {found}.", "Use the settings as they are shipped."
                    )


@examination("migrations")
def migrations() -> Iterator[Finding]:
    """All applied."""
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if waiting:
        names = ", ".join(str(migration) for migration, _ in waiting[:3])
        yield Finding(f"{len(waiting)} are not applied, first {names}.", "Run manage.py migrate.")


@examination("history")
def history() -> Iterator[Finding]:
    """Guarded by the database against rewriting, and what was written."""
    for table in append_only_tables():
        if not append_only.is_installed(connection, table):
            yield Finding(
                f"The triggers that keep {table} append-only are gone.",
                "Restore them: see docs/operating.md.",
            )
    last = LedgerCheck.objects.order_by("pk").last()
    if last and last.finding:
        yield Finding(f"The last check of the ledger found: {last.finding}", "See docs/ledger.md.")
    elif last and last.at < timezone.now() - CHECKED_AT_LEAST_EVERY:
        yield Finding(
            f"The ledger was last checked {last.at:%Y-%m-%d}.", "See manage.py jobs --failed."
        )


@examination("settings")
def configuration() -> Iterator[Finding]:
    """Nothing that Django or FlowTrack would warn about."""
    for found in run_checks(include_deployment_checks=not settings.DEBUG):
        if found.level >= WARNING:
            yield Finding(f"{found.id}: {found.msg}", found.hint or "See manage.py check --deploy.")
    if not settings.DEBUG and not settings.REDIS_URL:
        yield Finding(
            "Rate limits are counted in each process alone.",
            "Set REDIS_URL so that processes share them.",
        )


@examination("storage")
def storage() -> Iterator[Finding]:
    """Places that have to be writable are."""
    try:
        with tempfile.TemporaryFile(dir=settings.VAR_DIR):
            pass
    except OSError as error:
        yield Finding(
            f"{settings.VAR_DIR} is not writable: {error.strerror}.",
            "Give the process's user the right.",
        )


@examination("cache")
def shared_cache() -> Iterator[Finding]:
    """Answers, and gives back what it was given."""
    cache.set("doctor", "well", timeout=5)
    if cache.get("doctor") != "well":
        yield Finding("The cache forgets what it is told.", "Check REDIS_URL and the Redis server.")


@examination("queue")
def queue() -> Iterator[Finding]:
    """Some worker takes up the periodic work."""
    seen = dict(ChoreRun.objects.values_list("name", "started_at"))
    now = timezone.now()
    for chore in all_chores():
        last = seen.get(chore.name)
        if last is None or last < now - chore.every - OVERDUE:
            since = f"since {last:%Y-%m-%d %H:%M} UTC" if last else "yet"
            yield Finding(f"{chore.name} has not run {since}.", "Start a worker: manage.py work.")
