"""Putting what is due into e-mails: one for an item, or one for all that happened in a while."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.db import connection, transaction

from core import clock
from notifications.models import Mailing, Notification
from notifications.topics import Cadence

AT_ONCE = 1_000
ONE_BY_ONE = 10
"""Whoever would get more e-mails than this at a time gets one instead."""

Address = tuple[str, int | None]
SEVERAL: Address = ("", None)

STALE = timedelta(hours=24)
"""What happened longer ago is not mailed one by one any more: it goes into one e-mail."""


def gather() -> int:
    """Make e-mails of what is due; returns how many were made. Nothing is sent here."""
    made = 0
    while some := _gather_some():
        made += some
    return made


@transaction.atomic
def _gather_some() -> int:
    now = clock.now()
    due = Notification.objects.unmailed(at=now).select_related("event")
    if connection.features.has_select_for_update_skip_locked:
        due = due.select_for_update(skip_locked=True, of=("self",))
    by_person: dict[int, list[Notification]] = defaultdict(list)
    for each in due[:AT_ONCE]:
        by_person[each.person_id].append(each)
    letters = [
        (Mailing(person_id=person, subject_type=kind, subject_id=pk), some)
        for person, theirs in by_person.items()
        for (kind, pk), some in _letters(theirs, now)
    ]
    Mailing.objects.bulk_create(mailing for mailing, _ in letters)
    for mailing, some in letters:
        Notification.objects.filter(pk__in=[each.pk for each in some]).update(mailing=mailing)
    return len(letters)


def is_stale(notification: Notification, *, at: datetime) -> bool:
    """Whether it happened so long ago that no e-mail of its own is due any more."""
    return notification.event.at < at - STALE


def _letters(
    theirs: Iterable[Notification], now: datetime
) -> Iterator[tuple[Address, list[Notification]]]:
    """What one person is told, letter by letter; what is said among agents has letters of its own."""
    single: dict[tuple[Address, bool], list[Notification]] = defaultdict(list)
    together = []
    for each in theirs:
        if each.cadence == Cadence.IMMEDIATE and not is_stale(each, at=now):
            single[(each.subject_type, each.subject_id), each.for_agents].append(each)
        else:
            together.append(each)
    if len(single) > ONE_BY_ONE:
        together += [each for some in single.values() for each in some]
        single.clear()
    for (address, _), some in single.items():
        yield address, some
    if together:
        yield SEVERAL, together
