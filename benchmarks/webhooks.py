"""How many queued events one worker delivers in a second, to a real receiver in a process of its own.

    python -m benchmarks.webhooks                                # SQLite, 10,000 events of 1,000 items
    python -m benchmarks.webhooks --failing 0.3 --kill-every 3   # a third fails, workers are killed
    DATABASE_URL=postgresql://… python -m benchmarks.webhooks    # an empty database

Exit code 1 where a message is missing, came under two ids, or before an earlier one of its item.
"""

from __future__ import annotations

import argparse
import json
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management import call_command

from accounts.models import User
from core.lifecycle import create
from core.models import Event
from notifications.models import Delivery, WebhookEndpoint
from notifications.webhooks import claiming, retrying, sending
from notifications.webhooks.telling import AT_ONCE, tell
from tickets.models import Ticket

QUICK_WAIT = timedelta(milliseconds=200)
SHORT_LEASE = timedelta(seconds=17)
MOST_KILLS = 10


def main() -> int:
    asked = _arguments()
    if asked.worker:
        return work(asked)
    folder = Path(tempfile.mkdtemp())
    with receiver(folder, asked.failing) as port:
        queue(asked, f"http://127.0.0.1:{port}/hook")
        began = time.monotonic()
        kills = run_workers(asked)
        seconds = time.monotonic() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(f"workers  {kills} killed; {seconds:.1f} s with their start", end="")
    print(f", {used.ru_utime + used.ru_stime:.1f} s of processor with the receiver")
    return report([json.loads(line) for line in (folder / "calls").read_text().splitlines()])


def work(asked: argparse.Namespace) -> int:
    """One worker's share, until nothing is left to send."""
    if asked.failing:
        retrying.WAITS[:] = [QUICK_WAIT] * 40
    if asked.kill_every:
        claiming.LEASE = SHORT_LEASE
    while Delivery.objects.all().pending().exists():
        sending.send_due()
        time.sleep(0.1)
    return 0


def queue(asked: argparse.Namespace, hook: str) -> None:
    """Somebody's tickets, with many events each, told to one webhook."""
    call_command("migrate", verbosity=0)
    ada = User(email="ada@flowtrack.example", name="Ada", role="admin")
    ada.set_password(secrets.token_urlsafe())
    ada.save()
    chosen: dict[str, Any] = {"event_types": ["*"], "kinds": ["tickets.ticket"]}
    create(WebhookEndpoint(description="Receiver", url=hook, account=ada, **chosen), actor=ada)
    for n in range(asked.items):
        create(Ticket(title=f"Lamp {n}", requester=ada), actor=ada)
    rows = Event.objects.filter(subject_type="tickets.ticket")
    again = list(rows)
    for _ in range(asked.events // asked.items - 1):
        for event in again:
            event.pk = None
        Event.objects.bulk_create(again, batch_size=AT_ONCE)
    events = list(rows.order_by("pk"))
    began = time.monotonic()
    for start in range(0, len(events), AT_ONCE):
        tell(events[start : start + AT_ONCE])
    seconds = time.monotonic() - began
    print(f"told     {len(events):,} events, {len(events) / seconds:,.0f} a second")


def run_workers(asked: argparse.Namespace) -> int:
    """One worker after the other, until one comes to the end; returns how many were killed."""
    command = [sys.executable, "-m", "benchmarks.webhooks", *sys.argv[1:], "--worker"]
    kills = 0
    while True:
        is_spared = not asked.kill_every or kills == MOST_KILLS
        worker = subprocess.Popen(command)
        try:
            worker.wait(None if is_spared else asked.kill_every)
            return kills
        except subprocess.TimeoutExpired:
            worker.kill()
            worker.wait()
            kills += 1


def report(calls: list[dict[str, Any]]) -> int:
    """Say what came, and whether that is all, once, in order."""
    ids: dict[int, set[str]] = defaultdict(set)
    order: dict[int, dict[int, None]] = defaultdict(dict)  # each event at its first arrival
    for call in calls:
        ids[call["event"]].add(call["id"])
        if call["status"] < 300:
            order[call["item"]][call["event"]] = None
    queued = Delivery.objects.count()
    arrived = sum(map(len, order.values()))
    delivered = Delivery.objects.filter(state=Delivery.State.DELIVERED).count()
    is_stable = all(len(each) == 1 for each in ids.values())
    in_order = all(list(events) == sorted(events) for events in order.values())
    seconds = max(calls[-1]["at"] - calls[0]["at"], 0.001)
    print(f"queued   {queued:,}; arrived {arrived:,}; noted as delivered {delivered:,}")
    print(f"calls    {len(calls):,}, of which {sum(c['status'] >= 300 for c in calls):,} failed")
    print(f"rate     {len(calls) / seconds:,.0f} calls a second, first to last")
    print(f"ids {'stable' if is_stable else 'CHANGED'}, order {'kept' if in_order else 'BROKEN'}")
    return int(not (queued == arrived == delivered and is_stable and in_order))


@contextmanager
def receiver(folder: Path, failing: float) -> Iterator[int]:
    """The other process; gives its port."""
    command = [sys.executable, "-m", "benchmarks.receiver", str(folder), str(failing)]
    process = subprocess.Popen(command)
    port = folder / "port"
    while not port.exists() or not port.read_text():
        time.sleep(0.05)
    try:
        yield int(port.read_text())
    finally:
        process.terminate()
        process.wait()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--items", type=int, default=1_000)
    parser.add_argument("--failing", type=float, default=0, help="which part of the calls fails")
    parser.add_argument("--kill-every", type=float, default=0, help="seconds between kill -9")
    parser.add_argument("--worker", action="store_true", help=argparse.SUPPRESS)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
