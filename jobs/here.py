"""Jobs that a command does itself, at once: rows like all others, seen and kept like them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from core import clock
from jobs.models import Job
from jobs.queue import enqueue
from jobs.running import run

LATER = timedelta(days=1)


def do_here(name: str, *, echo: Callable[[str], object], **arguments: Any) -> Job:
    """Do a job of FlowTrack's own in this process; returns it as it is then.

    Should this process die, a worker goes on a day later.
    """
    job = enqueue(name, owner=None, due_at=clock.now() + LATER, **arguments)
    run(job.pk, 1, echo=echo)
    return Job.objects.for_display().get(pk=job.pk)
