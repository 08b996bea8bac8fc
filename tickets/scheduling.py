"""Makes what has come due, each occurrence once, however many schedulers run."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction

from core import clock
from core.errors import Refused
from core.lifecycle import create, mark, perform
from tickets.models import Occurrence, Schedule, Tag, Ticket, WorkOrder
from tickets.recurrence import UnfitError

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 50
"""So many occurrences of one schedule are handled in one go; the rest come in the next."""

Outcome = Occurrence.Outcome


def run_due(*, at: datetime | None = None) -> Iterator[Occurrence]:
    """Handle every occurrence that has come; what fails in one schedule stops no other."""
    at = at or clock.now()
    for pk in list(Schedule.objects.due(at=at).values_list("pk", flat=True)):
        yield from _run_apart(pk, at)


def _run_apart(pk: int, at: datetime) -> list[Occurrence]:
    """Its own transaction for each schedule; one whose rule cannot be followed is paused."""
    try:
        return run(pk, at=at)
    except UnfitError as unfit:
        return _stop(pk, at, str(unfit))
    except Exception:
        logger.exception("Schedule %s failed and will be tried again", pk)
        return []


def run(pk: int, *, at: datetime) -> list[Occurrence]:
    """Handle what one schedule has due; nothing where another scheduler is at it or it is done."""
    with transaction.atomic():
        schedule = _held(pk, at)
        if schedule is None:
            return []
        due = list(schedule.due_until(at))
        chosen = due[-1:] if schedule.missed == Schedule.Missed.SKIP else due[:MOST_AT_ONCE]
        handled = [_handle(schedule, each) for each in chosen]
        _advance(schedule, handled, skipped=due.index(chosen[0]) if chosen else 0)
        return handled


def _stop(pk: int, at: datetime, why: str) -> list[Occurrence]:
    """Pause it, so that somebody mends its rule; what it could not make is a failed occurrence."""
    logger.warning("Schedule %s is paused: %s", pk, why)
    with transaction.atomic():
        schedule = _held(pk, at)
        if schedule is None or schedule.next_at is None:
            return []
        due = schedule.next_at
        failed = Occurrence(schedule=schedule, at=due, outcome=Outcome.FAILED, reason=why)
        failed.save()
        perform(schedule, "pause", actor=None, note=f"Its rule cannot be followed: {why}")
        return [failed]


def _held(pk: int, at: datetime) -> Schedule | None:
    """The schedule, locked, if it is still due and free."""
    rows: Any = Schedule._base_manager.filter(pk=pk)
    if connection.features.has_select_for_update_skip_locked:
        rows = rows.select_for_update(skip_locked=True)
    if not list(rows.values_list("pk")):
        return None
    found: Schedule | None = Schedule.objects.due(at=at).for_display().filter(pk=pk).first()
    return found


def _handle(schedule: Schedule, at: datetime) -> Occurrence:
    """Make the ticket or work order; a refusal is kept with the occurrence and stops nothing else."""
    occurrence = Occurrence(schedule=schedule, at=at, outcome=Outcome.CREATED)
    note = f"{schedule}, for {occurrence.at.astimezone(schedule.recurrence.zone):%d %B %Y %H:%M}."
    try:
        if schedule.creates == Schedule.Creates.TICKET:
            occurrence.ticket = _ticket(schedule, note)
        else:
            occurrence.work_order = _work_order(schedule, occurrence.at, note)
    except Refused as refused:
        occurrence.outcome = Outcome.FAILED
        occurrence.reason = " ".join(each.message for each in refused.errors) or refused.detail
    occurrence.save()
    return occurrence


def _ticket(schedule: Schedule, note: str) -> Ticket:
    ticket = Ticket(
        title=schedule.title,
        description=schedule.description,
        category=schedule.category,
        requester=schedule.requester,
        priority=schedule.priority,
        team=schedule.team,
        # One that was retired since is left out; it should not stop the work.
        tags=sorted(set(schedule.tags).difference(Tag.objects.missing(schedule.tags))),
    )
    return create(ticket, actor=None, note=note)


def _work_order(schedule: Schedule, at: datetime, note: str) -> WorkOrder:
    planned = WorkOrder(
        title=schedule.title,
        description=schedule.description,
        site=schedule.site,
        checklist_template=schedule.checklist_template,
    )
    work_order = create(planned, actor=None, note=note)
    if schedule.window_minutes is None:
        return work_order
    ends = at + timedelta(minutes=schedule.window_minutes)
    return perform(work_order, "schedule", actor=None, scheduled_start=at, scheduled_end=ends)


def _advance(schedule: Schedule, handled: list[Occurrence], *, skipped: int) -> None:
    """Go to the next occurrence; the history says what became of these."""
    if handled:
        said = [f"Skipped {skipped}."] if skipped else []
        note = " ".join([*said, *(_sentence(each) for each in handled)])
        mark(schedule, "came_due", note=note, next_at=schedule.next_after(handled[-1].at))


def _sentence(occurrence: Occurrence) -> str:
    made = occurrence.ticket or occurrence.work_order
    return f"Made {made}." if made is not None else f"Failed: {occurrence.reason}"
