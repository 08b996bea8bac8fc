"""`python -m tests.kills.scene prepare 30`: jobs in the database of the environment, and what became of them."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from django.core.management import call_command  # noqa: E402

from accounts.models import User  # noqa: E402
from core.ledger.checking import verify  # noqa: E402
from jobs.models import Job  # noqa: E402
from jobs.queue import enqueue  # noqa: E402
from tests.bells.models import Bell  # noqa: E402

COUNT = 4
"""Bells of a job that makes several."""


def prepare(number: str) -> dict[str, Any]:
    """So many jobs of ann's: half make one bell, half make several."""
    call_command("migrate", run_syncdb=True, verbosity=0)
    ann = User(email="ann@flowtrack.example", name="Ann")
    ann.save()
    for place in range(int(number)):
        if place % 2:
            enqueue("lamps.once", owner=ann, seconds=0.05)
        else:
            enqueue("lamps.several", owner=ann, count=COUNT, seconds=0.02)
    return {"jobs": Job.objects.count()}


def wait(seconds: str) -> dict[str, Any]:
    """What became of the jobs once nothing is live, or after so long, if something is stuck."""
    deadline = time.monotonic() + float(seconds)
    while Job.objects.live().exists() and time.monotonic() < deadline:
        time.sleep(0.5)
    return told()


def told() -> dict[str, Any]:
    """How many jobs are where, and which bells were not made once as they were wanted."""
    wanted = [
        title
        for job in Job.objects.all()
        for title in (
            [job.reference]
            if job.kind == "lamps.once"
            else [f"{job.reference} {place}" for place in range(COUNT)]
        )
    ]
    verify()
    made = Counter(Bell.objects.values_list("title", flat=True))
    return {
        "statuses": Counter(Job.objects.values_list("status", flat=True)),
        "attempts": sum(Job.objects.values_list("attempt", flat=True)),
        "not_once": sorted(set(wanted) ^ set(made)) + [t for t, n in made.items() if n > 1],
    }


if __name__ == "__main__":
    order, *words = sys.argv[1:]
    print(json.dumps({"prepare": prepare, "wait": wait}[order](*words)))
