"""The way in: a job is a row of the transaction that needs it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import IntegrityError, transaction

from core import clock
from core.lifecycle import create
from jobs.kinds import kind_called
from jobs.models import Job

if TYPE_CHECKING:
    from accounts.models import User


def enqueue(
    name: str,
    *,
    owner: User | None,
    title: str = "",
    due_at: datetime | None = None,
    key: str = "",
    parent: Job | None = None,
    **arguments: Any,
) -> Job:
    """Promise a job on this person's behalf, and with their rights; None is FlowTrack itself.

    There is one live job with a ``key`` at most: asked again, the one that is under way is returned.
    ``arguments`` are ids and plain values.
    """
    job = Job(
        kind=name,
        title=title or kind_called(name).title,
        owner=owner,
        arguments=arguments,
        due_at=due_at or clock.now(),
        key=key,
        parent=parent,
    )
    if not key:
        return create(job, actor=owner)
    return _under_way(key) or _unless_it_is_there(job, owner)


def _under_way(key: str) -> Job | None:
    return Job.objects.live().filter(key=key).first()


def _unless_it_is_there(job: Job, owner: User | None) -> Job:
    try:
        with transaction.atomic():
            return create(job, actor=owner)
    except IntegrityError:
        # Somebody else was faster; the index waited for them.
        found = _under_way(job.key)
        if found is None:
            raise
        return found
