"""For how long a worker holds a job without saying anything, and how it keeps holding it."""

from __future__ import annotations

import logging
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import DatabaseError, connection, models
from django.db.models.functions import Now

from jobs.models import Job, Run

logger = logging.getLogger(__name__)


def lease() -> timedelta:
    """How long a silent worker keeps what it holds."""
    return timedelta(seconds=settings.JOB_LEASE_SECONDS)


def lease_end() -> models.ExpressionWrapper:
    """The end of a lease that begins now, by the database's clock."""
    end: Any = Now() + lease()
    return models.ExpressionWrapper(end, output_field=models.DateTimeField())


def worker_name() -> str:
    """Which process on which machine."""
    return f"{socket.gethostname()[:80]}:{os.getpid()}"


@contextmanager
def beating(job: Job) -> Iterator[None]:
    """Renew the lease from a thread of its own, whatever the job is busy with."""
    over = threading.Event()
    heart = threading.Thread(target=_beat, args=(job.pk, job.attempt, over), daemon=True)
    heart.start()
    try:
        yield
    finally:
        over.set()
        heart.join()


def _beat(job: int, attempt: int, over: threading.Event) -> None:
    try:
        while not over.wait(lease().total_seconds() / 3):
            try:
                if not Run.objects.held(job, attempt).update(leased_until=lease_end()):
                    return
            except DatabaseError:
                logger.warning("The lease of JOB-%s could not be renewed", job, exc_info=True)
                connection.close()
    finally:
        connection.close()
