"""From the history to those who hear of it: every event is told once, in the order of writing."""

from __future__ import annotations

import logging
from collections.abc import Sequence

from django.db import DatabaseError, models

from core import clock
from core.db.turns import one_at_a_time
from core.models import Event
from core.transactions import atomic_with_retry
from notifications import inbox
from notifications.webhooks import telling

logger = logging.getLogger(__name__)

AT_ONCE = 500
MOST_BATCHES = 20

TELLERS = (inbox.tell, telling.tell)
"""Each puts down who hears of these events and how; none of them talks to anybody."""


def tell_untold() -> int:
    """Put down who hears of what has happened since; returns how many events were told."""
    told = 0
    for _ in range(MOST_BATCHES):
        batch = _tell_some()
        told += batch
        if batch < AT_ONCE:
            break
    return told


def _tell_some() -> int:
    if not _untold().exists():
        return 0  # without the write lock, which is the only one on SQLite
    try:
        return atomic_with_retry(lambda: _tell(_oldest()))
    except DatabaseError:
        raise
    except Exception:
        logger.exception("Some event cannot be told; trying each by itself")
        return _each_by_itself()


def _oldest(*, among: int | None = None) -> list[Event]:
    """The next ones, under the lock that keeps one subject's events in their order."""
    one_at_a_time("telling of events")
    rows = _untold() if among is None else _untold().filter(pk=among)
    return list(rows.select_related("actor").order_by("pk")[:AT_ONCE])


def _tell(events: Sequence[Event]) -> int:
    for tell in TELLERS:
        tell(list(events))
    keys = [event.pk for event in events]
    return Event.objects.filter(pk__in=keys).update(told_at=clock.now())


def _each_by_itself() -> int:
    """Whatever breaks stays untold, with all that came later of the same subject."""
    told, broken = 0, set()
    for pk, *subject in (
        _untold().order_by("pk").values_list("pk", "subject_type", "subject_id")[:AT_ONCE]
    ):
        if tuple(subject) in broken:
            continue
        try:
            told += _alone(pk)
        except DatabaseError:
            raise
        except Exception:
            logger.exception("Event %s cannot be told", pk)
            broken.add(tuple(subject))
    return told


def _alone(pk: int) -> int:
    return atomic_with_retry(lambda: _tell(_oldest(among=pk)))


def _untold() -> models.QuerySet[Event]:
    return Event.objects.filter(told_at=None)
