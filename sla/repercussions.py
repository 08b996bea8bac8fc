"""What an edit of a calendar or a policy means for open items: told before, done with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Cast

from core import clock
from core.lifecycle import mark
from core.models import Event
from sla.clock_reading import Kept, read_clocks
from sla.models.under import UnderServiceLevel, under_service_levels
from sla.rulebook import RuleBook

if TYPE_CHECKING:
    from sla.models.versioned import Versioned

BATCH = 500


@dataclass(frozen=True)
class Difference:
    """An item whose kept times are not what the clock says."""

    item: UnderServiceLevel
    before: Kept
    after: Kept

    def mend(self, note: str) -> bool:
        """Let it keep what the clock says, unless it has changed since; returns whether it did."""
        read = self.item.version
        fields = self.after.as_fields()
        unless = lambda fresh: fresh.version != read  # noqa: E731
        return mark(self.item, "due_changed", note=note, unless=unless, **fields) is not None


def concerned(model: type[UnderServiceLevel], policies: Collection[int]) -> Any:
    """Open items that are, or perhaps once were, under one of these policies."""
    changed = Event.objects.filter(
        subject_type=model._meta.label_lower,
        subject_id=Cast(OuterRef("pk"), CharField(max_length=40)),
        changes__has_key="sla_policy",
    )
    rows: Any = model._base_manager
    # Named one by one, so that an index of open items serves.
    unfinished = rows.filter(status__in=model.open_in())
    return unfinished.filter(Q(sla_policy__in=policies) | Exists(changed))


def everything_concerned(policies: Collection[int]) -> list[Any]:
    """The same for every kind of item."""
    return [concerned(model, policies) for model in under_service_levels().values()]


def differences(rows: Any, *, book: RuleBook, now: datetime | None = None) -> Iterator[Difference]:
    """Rows whose kept times differ from what the clock says by a book; read in batches."""
    for batch in in_batches(rows):
        for item, reading in read_clocks(batch, now=now or clock.now(), book=book):
            before, after = Kept.by(item), reading.kept
            if before != after:
                yield Difference(item, before, after)


def foreseen(record: Versioned) -> Iterator[Difference]:
    """What saving a calendar or a policy as it is now would change; nothing is locked or written."""
    now = clock.now()
    book = RuleBook.whole().imagine(record, now)
    for rows in everything_concerned(record.concerned_policies()):
        yield from differences(rows, book=book, now=now)


def carry_over(policies: Collection[int], *, now: datetime, note: str) -> None:
    """Bring the open items of these policies up to date; whoever edits has locked them before."""
    book = RuleBook.whole()
    for rows in everything_concerned(policies):
        for each in differences(rows, book=book, now=now):
            for name, value in each.after.as_fields().items():
                setattr(each.item, name, value)
            each.item.save(action="due_changed", note=note)


def in_batches(rows: Any) -> Iterator[list[UnderServiceLevel]]:
    """The rows by ascending id, so that memory does not grow with their number."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield batch
        last = batch[-1].pk
