"""Looking at clocks that ask for it: alarms are raised, each once; what raced with an edit is mended."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import OperationalError

from core import clock
from core.errors import Refused
from core.lifecycle import mark
from sla.alarms import Alarm
from sla.clock import Measure
from sla.clock_reading import ClockReading, Kept, read_clocks
from sla.models import CalendarVersion, Escalation, PolicyVersion
from sla.models.under import UnderServiceLevel, under_service_levels
from sla.repercussions import Difference, concerned, differences, in_batches
from sla.rulebook import RuleBook

logger = logging.getLogger(__name__)

LOOKED_BACK = timedelta(days=2)
"""How long after an edit items are looked for that raced with it."""

LONGEST_SAVE = timedelta(minutes=1)
"""How long before its commit a save may have begun."""

PROMISES = {"response": "the first response", "resolution": "the resolution"}


def raise_due_alarms() -> int:
    """Raise every alarm that is due; returns how many were raised by us."""
    book, raised = None, 0
    for model in under_service_levels().values():
        rows: Any = model._base_manager
        for batch in in_batches(rows.filter(next_alarm_at__lte=clock.now())):
            book = book or RuleBook.whole()  # mostly nothing is due
            for item, reading in read_clocks(batch, now=clock.now(), book=book):
                raised += raise_alarms_of(item, reading)
    return raised


def raced_with_an_edit() -> Iterator[Difference]:
    """Items that were saved beside an edit, so that neither saw the other."""
    edits = list(_recent_edits(clock.now() - LOOKED_BACK))
    if not edits:
        return
    policies = {policy for policy, _ in edits}
    begun = min(moment for _, moment in edits) - LONGEST_SAVE
    book = RuleBook.whole()
    for model in under_service_levels().values():
        touched = concerned(model, policies).filter(updated_at__gte=begun)
        yield from differences(touched, book=book)


def raise_alarms_of(item: UnderServiceLevel, reading: ClockReading) -> int:
    """One item that cannot be written now does not keep the others from it."""
    try:
        return _raise(item, reading)
    except (Refused, OperationalError):
        logger.warning("The clock of %s is looked at again later", item, exc_info=True)
        return 0


def _raise(item: UnderServiceLevel, reading: ClockReading) -> int:
    """Each alarm is an Event of its own, written only if the item is still what was read."""
    said: list[str] = []
    current: UnderServiceLevel | None = item
    for alarm in reading.alarms:
        kept = reading.kept_after([*said, alarm.name])
        current = _say(current, alarm, reading, kept) if current else None
        if current:
            said.append(alarm.name)
    if not reading.alarms and Kept.by(item) != reading.kept:
        Difference(item, Kept.by(item), reading.kept).mend("The clock was read again.")
    return len(said)


def _say(
    item: UnderServiceLevel, alarm: Alarm, reading: ClockReading, kept: Kept
) -> UnderServiceLevel | None:
    read = item.version
    return mark(
        item,
        alarm.name,
        note=_sentence(alarm, getattr(reading.reckoning, alarm.promise)),
        unless=lambda fresh: fresh.version != read,
        escalation=_louder(item.escalation, alarm),
        **kept.as_fields(),
    )


def _louder(escalation: str, alarm: Alarm) -> str:
    return Escalation.BREACHED if alarm.is_breach else max(escalation, Escalation.WARNED, key=_rank)


def _rank(escalation: str) -> int:
    return list(Escalation).index(Escalation(escalation))


def _sentence(alarm: Alarm, measure: Measure) -> str:
    promised = f"{_in_words(measure.target)} promised for {PROMISES[alarm.promise]}"
    if alarm.is_breach:
        return f"The {promised} are over."
    return f"Three quarters of the {promised} are used."


def _in_words(target: timedelta) -> str:
    minutes = int(target.total_seconds()) // 60
    return f"{minutes} minutes" if minutes % 60 or minutes < 120 else f"{minutes // 60} hours"


def _recent_edits(since: datetime) -> Iterable[tuple[int, datetime]]:
    """Policies that promise something else, or by other hours, since a moment; and when that began."""
    policies = PolicyVersion.objects.filter(valid_from__gte=since, number__gt=1)
    yield from policies.values_list("policy", "valid_from")
    calendars = CalendarVersion.objects.filter(valid_from__gte=since, number__gt=1)
    rows = calendars.exclude(calendar__policies=None)
    yield from rows.values_list("calendar__policies", "valid_from")
