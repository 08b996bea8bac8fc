"""How many events a second one worker puts into the inboxes of those whom they concern.

    python -m benchmarks.telling                             # SQLite, 10,000 events of 500 tickets
    DATABASE_URL=postgresql://… python -m benchmarks.telling # an empty database

Each event concerns three people, whose sight of the ticket is asked. Exit code 1 where somebody was not told.
"""

from __future__ import annotations

import argparse
import secrets
import sys
import time
from collections.abc import Iterator

from django.core.management import call_command

from accounts.models import User
from core.lifecycle import create, perform
from core.models import Event
from discussion.watching import choose
from notifications.models import Notification
from notifications.outbox import tell_untold
from tickets.models import Ticket

HEARERS = 3
AT_ONCE = 1_000


def main() -> int:
    asked = _arguments()
    queue(asked.tickets)
    tell_untold()  # what making the tickets left behind; it also warms up
    told_before = Notification.objects.count()
    repeat_triage(asked.events)
    began = time.monotonic()
    told = sum(iter(tell_untold, 0))
    seconds = time.monotonic() - began
    notes = Notification.objects.count() - told_before
    print(f"told     {told:,} events to {notes:,} inboxes, {told / seconds:,.0f} events a second")
    return int(notes < asked.events * HEARERS)


def queue(tickets: int) -> None:
    """Ann's tickets, which ben triages and two others watch."""
    call_command("migrate", verbosity=0)
    ann, ben, eve, kim = people()
    for n in range(tickets):
        ticket = create(Ticket(title=f"Lamp {n}", requester=ann), actor=ann)
        for watcher in (eve, kim):
            choose(ticket, watcher, watching=True)
        perform(ticket, "triage", actor=ben, priority="high")


def people() -> Iterator[User]:
    roles = {"ann": "requester", "ben": "agent", "eve": "agent", "kim": "agent"}
    for name, role in roles.items():
        person = User(email=f"{name}@flowtrack.example", name=name.title(), role=role)
        person.set_password(secrets.token_urlsafe())
        person.save()
        yield person


def repeat_triage(events: int) -> None:
    """So many events more, as if it had happened again and again."""
    triages = list(Event.objects.filter(action="triage"))
    for start in range(0, events, len(triages)):
        some = triages[: events - start]
        for event in some:
            event.pk, event.told_at = None, None
        Event.objects.bulk_create(some, batch_size=AT_ONCE)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--tickets", type=int, default=500)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
