"""Compares the ledger with its seals, and with what was said of it before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.db.models import Max

from core import clock
from core.db.settled import settled
from core.db.turns import one_at_a_time
from core.ledger.checkpoints import Checkpoint, last_in, read, signed, write_outside
from core.ledger.recomputing import State, Tampered, Told, recompute
from core.models import Event, LedgerCheck
from core.transactions import atomic_with_retry


def verify(*checkpoints: Checkpoint, tell: Told = lambda done: None) -> State:
    """The state of the ledger now, compared with these checkpoints and the last one in the database.

    Raises Tampered where it is not what was written, or not what was said.
    """
    last = Event.objects.aggregate(last=Max("pk"))["last"] or 0
    return _compared(last, [*checkpoints, *_last_in_database()], tell)


def check(*, tell: Told = lambda done: None) -> LedgerCheck:
    """Verify the ledger and keep what came of it: as a row, and outside where nothing is wrong."""
    up_to = settled(Event)
    try:
        said = [*_last_outside(), *_last_in_database()]
        state = _compared(up_to, said, tell)
    except Tampered as found:
        return LedgerCheck.objects.create(up_to=up_to, finding=str(found))
    return atomic_with_retry(lambda: _kept(state))


def _compared(up_to: int, said: Sequence[Checkpoint], tell: Told) -> State:
    state, *then = recompute([up_to, *(each.state.up_to for each in said)], tell=tell)
    for checkpoint, found in zip(said, then, strict=True):
        if missing := checkpoint.state.events - found.events:
            few = (
                f"{missing} of the events that checkpoint {checkpoint.number} counted are missing."
            )
            raise Tampered(few if missing > 0 else _rewritten(checkpoint))
        if checkpoint.state != found:
            raise Tampered(_rewritten(checkpoint))
    return state


def _rewritten(checkpoint: Checkpoint) -> str:
    return f"Events from before checkpoint {checkpoint.number} were rewritten, seals and all."


def _kept(state: State) -> LedgerCheck:
    """The next checkpoint, chained to the last one that is known, wherever that is.

    It is written outside before it is committed: whoever comes next finds both, or goes on from the line.
    """
    one_at_a_time("ledger")
    known = [*_last_outside(), *_last_in_database()]
    previous = max(known, key=lambda each: each.number, default=None)
    at = clock.now()
    new = signed(previous.number + 1 if previous else 1, clock.timestamp(at), state, previous)
    kept = LedgerCheck.objects.create(
        at=at,
        number=new.number,
        up_to=state.up_to,
        events=state.events,
        subjects=state.subjects,
        root=state.root,
        line=new.line,
    )
    write_outside(_lines_missing_outside(kept), settings.LEDGER_CHECKPOINTS)
    return kept


def _lines_missing_outside(new: LedgerCheck) -> list[str]:
    """In the file, also those from before there was one; in the log, the new one."""
    if settings.LEDGER_CHECKPOINTS is None:
        return [new.line]
    last = next(iter(_last_outside()), None)
    rows = LedgerCheck.objects.filter(number__gt=last.number if last else 0)
    return list(rows.order_by("number").values_list("line", flat=True))


def _last_in_database() -> list[Checkpoint]:
    row = LedgerCheck.objects.exclude(number=None).order_by("-number").first()
    return read(row.line)[-1:] if row else []


def _last_outside() -> list[Checkpoint]:
    path: Path | None = settings.LEDGER_CHECKPOINTS
    return [last] if path and (last := last_in(path)) else []
