"""From the history to those who hear of it: every event is told once, in the order of writing."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db import DatabaseError

from core import clock
from core.db.turns import one_at_a_time
from core.models import Event
from core.models.event import EventQuerySet
from core.transactions import atomic_with_retry
from notifications import inbox
from notifications.webhooks import telling

logger = logging.getLogger(__name__)

AT_ONCE = 500
MOST_BATCHES = 20

TELLERS = (inbox.tell, telling.tell)
"""Each puts down who hears of these events and how; none of them talks to anybody."""

Broken = defaultdict[str, set[str]]
"""The ids of the subjects of which something cannot be told, by their kind."""


def tell_untold() -> int:
    """Put down who hears of what has happened since; returns how many events were told.

    Whatever breaks stays untold, with all that came later of the same subject, until the next time.
    """
    told = 0
    broken: Broken = defaultdict(set)
    for _ in range(MOST_BATCHES):
        if not _untold(broken).exists():
            break  # without the write lock, which is the only one on SQLite
        told += _tell_some(broken)
    return told


def _tell_some(broken: Broken) -> int:
    try:
        return atomic_with_retry(lambda: _tell(_oldest(_untold(broken))))
    except DatabaseError:
        raise
    except Exception:
        logger.exception("Some event cannot be told; trying each by itself")
        return _each_by_itself(broken)


def _oldest(rows: EventQuerySet) -> list[Event]:
    """The next ones, under the lock that keeps one subject's events in their order."""
    one_at_a_time("telling of events")
    return list(rows.select_related("actor").order_by("pk")[:AT_ONCE])


def _tell(events: Sequence[Event]) -> int:
    for tell in TELLERS:
        tell(list(events))
    keys = [event.pk for event in events]
    return Event.objects.filter(pk__in=keys).update(told_at=clock.now())


def _each_by_itself(broken: Broken) -> int:
    """Tells the next ones that can be told, and adds the subjects of the others to ``broken``."""
    told = 0
    rows = _untold(broken).order_by("pk").values_list("pk", "subject_type", "subject_id")
    for pk, kind, subject in list(rows[:AT_ONCE]):
        if subject in broken[kind]:
            continue
        try:
            told += _alone(pk)
        except DatabaseError:
            raise
        except Exception:
            logger.exception("Event %s cannot be told", pk)
            broken[kind].add(subject)
    return told


def _alone(pk: int) -> int:
    return atomic_with_retry(lambda: _tell(_oldest(_untold().filter(pk=pk))))


def _untold(broken: Mapping[str, Iterable[str]] | None = None) -> EventQuerySet:
    """In which nothing broken stands before what can be told."""
    rows = Event.objects.filter(told_at=None)
    for kind, subjects in (broken or {}).items():
        rows = rows.exclude(subject_type=kind, subject_id__in=subjects)
    return rows
