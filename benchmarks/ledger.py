"""How many events a second the ledger is verified.

    python -m benchmarks.ledger                              # SQLite, 200,000 events of 20,000 subjects
    DATABASE_URL=postgresql://… python -m benchmarks.ledger  # an empty database

They look like those of tickets: made, then moved and changed, with notes. Exit code 1 where not every
event was read.
"""

from __future__ import annotations

import argparse
import sys
import time

from django.core.management import call_command

from accounts.models import User
from benchmarks.telling import people
from core.ledger.checking import check
from core.models import Event

AT_ONCE = 2_000
MOVES = ("triage", "changed", "assign", "start", "changed", "resolve", "close", "reopen", "changed")


def main() -> int:
    asked = _arguments()
    call_command("migrate", verbosity=0)
    _, ben, *_ = people()
    began = time.monotonic()
    fill(asked.events, asked.subjects, ben)
    print(f"sealed   {asked.events / (time.monotonic() - began):,.0f} events a second, in bulk")
    there = Event.objects.count()
    began = time.monotonic()
    found = check()
    seconds = time.monotonic() - began
    print(f"verified {found.events:,} events of {found.subjects:,} subjects in {seconds:.1f} s,")
    print(f"         {found.events / seconds:,.0f} events a second {found.finding}")
    return int(found.events != there)


def fill(events: int, subjects: int, actor: User) -> None:
    """So many events, as if so many tickets were worked on side by side."""
    for start in range(0, events, AT_ONCE):
        some = range(start, min(start + AT_ONCE, events))
        Event.objects.bulk_create([_event(n // subjects, n % subjects, actor) for n in some])


def _event(nth: int, subject: int, actor: User) -> Event:
    action = MOVES[(nth - 1) % len(MOVES)] if nth else "created"
    is_edit = action == "changed"
    return Event(
        actor=actor,
        action=action,
        source="" if is_edit or not nth else "in_progress",
        target="" if is_edit or not nth else "resolved",
        note="" if is_edit else "The fuse was replaced; it has been quiet since then.",
        changes={"priority": ["normal", "high"], "assignee": [None, actor.pk]} if is_edit else {},
        request_id="5f0c1e0d7c1b4f0e9a51c2b7f0a3d9e2",
        subject_type="benchmarks.ticket",
        subject_id=str(subject + 1),
    )


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=200_000)
    parser.add_argument("--subjects", type=int, default=20_000)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
