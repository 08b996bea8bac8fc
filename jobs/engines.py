"""What carries (job, attempt) from the queue to a worker. An engine may lose or repeat a message:
the row is what keeps the promise."""

from __future__ import annotations

from collections.abc import Iterable

import django_rq
from django.conf import settings
from django_tasks import task

from jobs import running


@task()
def carried(job: int, attempt: int) -> None:
    """What the embedded engine runs."""
    running.run(job, attempt)


def dispatch(messages: Iterable[tuple[int, int]]) -> None:
    """Hand these to the engine of this installation: Redis where there is one, else the database."""
    if settings.REDIS_URL:
        queue = django_rq.get_queue()
        queue.enqueue_many(
            [
                queue.prepare_data(running.run, message, result_ttl=0, failure_ttl=0, timeout=-1)
                for message in messages
            ]
        )
        return
    for job, attempt in messages:
        carried.enqueue(job, attempt)
