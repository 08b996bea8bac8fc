"""Small periodic work: declared beside its app's tasks, shared by any number of workers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules

from core.models import ChoreRun

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Chore:
    """A function without arguments that may run twice, and how often it should.

    One that waits for other servers is run ``alone``, so that nothing else waits for them.
    """

    name: str
    run: Callable[[], object]
    every: timedelta
    alone: bool = False


_chores: dict[str, Chore] = {}


def chore(
    *, every: timedelta, alone: bool = False
) -> Callable[[Callable[[], object]], Callable[[], object]]:
    """Register a function to be run by `manage.py work`."""

    def register(run: Callable[[], object]) -> Callable[[], object]:
        name = f"{run.__module__}.{run.__name__}"
        _chores[name] = Chore(name, run, every, alone)
        return run

    return register


def all_chores() -> list[Chore]:
    """Every chore that some app declares in its `tasks` module."""
    autodiscover_modules("tasks")
    return list(_chores.values())


def run_due(chores: list[Chore]) -> int:
    """Run what is due and not taken by another worker; returns how many ran. Errors are logged."""
    due = [each for each in chores if _claim(each, timezone.now())]
    for each in due:
        try:
            each.run()
        except Exception:
            logger.exception("The chore %s failed and will be tried again", each.name)
    return len(due)


def _claim(each: Chore, now: datetime) -> bool:
    """Whether this worker is the one to run it: a compare-and-set that one of them wins."""
    late = ChoreRun.objects.filter(name=each.name, started_at__lte=now - each.every)
    if late.update(started_at=now):
        return True
    if ChoreRun.objects.filter(name=each.name).exists():
        return False
    try:
        with transaction.atomic():
            ChoreRun.objects.create(name=each.name, started_at=now)
    except IntegrityError:
        return False
    return True
