"""What comes again by itself: declared beside the kind of job, fired once for each moment."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import takewhile
from typing import Any, Literal

from croniter import croniter
from django.db import IntegrityError, transaction
from django.db.models import Max

from core import clock
from jobs.kinds import all_kinds
from jobs.models import Tick
from jobs.queue import enqueue

logger = logging.getLogger(__name__)

Missed = Literal["once", "skip", "all"]
ON_TIME = timedelta(minutes=2)
MOST_MISSED = 100


@dataclass(frozen=True, kw_only=True)
class Schedule:
    """A kind of job that comes again; ``cron`` is read in UTC.

    ``missed`` says what becomes of moments at which nothing ran: one job for all of them, none,
    or one for each (the last hundred at most).
    """

    name: str
    cron: str
    kind: str
    missed: Missed
    arguments: dict[str, Any] = field(default_factory=dict)

    def moments(self, *, after: datetime, until: datetime) -> list[datetime]:
        """When it fires in between, the latest hundred."""
        coming: Iterator[datetime] = croniter(self.cron, after, ret_type=datetime).all_next()
        return list(takewhile(lambda moment: moment <= until, coming))[-MOST_MISSED:]

    def key_at(self, moment: datetime) -> str:
        """What still runs from the last time is not begun again beside it, unless each counts."""
        name = f"schedule:{self.name}"[:150]
        return f"{name} {moment:%Y-%m-%dT%H:%M}" if self.missed == "all" else name


_schedules: dict[str, Schedule] = {}


def every(cron: str, kind: str, *, missed: Missed = "once", **arguments: Any) -> None:
    """Let a kind of job come again: ``every("0 3 * * *", "files.verify")``, in UTC."""
    if not croniter.is_valid(cron):
        raise ValueError(f"{cron} is no schedule.")
    name = f"{kind} {cron}"
    _schedules[name] = Schedule(name=name, cron=cron, kind=kind, missed=missed, arguments=arguments)


def all_schedules() -> list[Schedule]:
    """Every schedule that some app declares."""
    all_kinds()
    return list(_schedules.values())


def tick() -> int:
    """Fire what is due; returns how many jobs came of it."""
    now = clock.now().astimezone(UTC)
    last = dict(Tick.objects.values_list("schedule").annotate(Max("fire_at")).order_by())
    return sum(_fired(each, last.get(each.name), now) for each in all_schedules())


def _fired(schedule: Schedule, last: datetime | None, now: datetime) -> int:
    if last is None:
        _once(schedule, now, with_job=False)  # known from now on
        return 0
    moments = schedule.moments(after=last, until=now)
    if schedule.missed != "all":
        moments = moments[-1:]
    late = schedule.missed == "skip"
    return sum(
        _once(schedule, moment, with_job=not late or now - moment <= ON_TIME) for moment in moments
    )


def _once(schedule: Schedule, moment: datetime, *, with_job: bool) -> bool:
    """Whether a job came of this moment, by our hand."""
    try:
        with transaction.atomic():
            fired = Tick.objects.create(schedule=schedule.name, fire_at=moment)
            if with_job:
                key = schedule.key_at(moment)
                fired.job = enqueue(schedule.kind, owner=None, key=key, **schedule.arguments)
                fired.save(update_fields=["job"])
    except IntegrityError:
        return False  # another scheduler was faster
    return with_job
