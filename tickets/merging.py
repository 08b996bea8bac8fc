"""Merging: one ticket follows another's outcome, and can be set free again exactly as it was."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet

from core.errors import ConditionUnmet, InvalidInput
from core.models import Event
from tickets.states import OPEN_TICKETS, TicketStatus

if TYPE_CHECKING:
    from tickets.models import Ticket

SAYS_OF_ITS_END: Mapping[str, tuple[str, ...]] = {
    TicketStatus.RESOLVED: ("resolution", "resolved_at"),
    TicketStatus.CLOSED: ("resolution", "resolved_at", "closed_at"),
    TicketStatus.CANCELLED: ("reason",),
}
"""What a duplicate takes over from the ticket that it follows, by how that one ended."""

MOST_DUPLICATES = 50
"""They follow in the transaction in which their survivor ends: others wait for it."""

TAKEN_OVER = frozenset(name for names in SAYS_OF_ITS_END.values() for name in names)


@dataclass(frozen=True)
class Standing:
    """Where a ticket stands, and what it says about its end."""

    status: str
    fields: Mapping[str, Any] = field(default_factory=dict)


def family(rows: QuerySet[Any], item: Ticket, survivor: Ticket | None) -> QuerySet[Any]:
    """The item, the survivor to be, what they are merged into and what is merged into them."""
    touched = [item.pk, survivor.pk] if survivor is not None else [item.pk]
    # A union, because each part has its index; one condition with "or" would read the whole table.
    themselves = rows.filter(pk__in=touched).values("pk")
    following = rows.filter(merged_into__in=touched).values("pk")
    followed = rows.filter(pk__in=touched, merged_into__isnull=False).values("merged_into")
    return rows.filter(pk__in=themselves.union(following, followed))


def refuse_unfit(duplicate: Ticket, survivor: Ticket) -> None:
    """A survivor is another ticket that is open and follows nobody; asked of the row as it is now.

    What is followed follows nobody either (`policies.nobody_follows`), so there are no chains.
    """
    if survivor.pk == duplicate.pk:
        raise InvalidInput.of("merged_into", "A ticket is not merged into itself.")
    now = _as_it_is(survivor, survivor.pk)
    if now.merged_into_id is not None:
        raise ConditionUnmet(f"{now} is merged itself: choose the ticket that it follows.")
    if not now.is_open:
        raise ConditionUnmet(f"{now} has ended: nothing is merged into it any more.")
    if now.duplicates.count() >= MOST_DUPLICATES:
        raise ConditionUnmet(
            f"{MOST_DUPLICATES} tickets follow {now}: link this one to it instead."
        )


def outcome_for(duplicate: Ticket) -> Standing:
    """The survivor's end, once it has ended; until then, and again after a reopening, one's own."""
    survivor = _as_it_is(duplicate, duplicate.merged_into_id)
    before = before_merge(duplicate)
    if survivor.status in OPEN_TICKETS:
        return before
    end = {name: getattr(survivor, name) for name in SAYS_OF_ITS_END[survivor.status]}
    return Standing(survivor.status, {**before.fields, **end})


def before_merge(duplicate: Ticket) -> Standing:
    """Where it stood when it was merged: the history remembers, so nothing is kept beside it."""
    newest_first = Event.of(duplicate).filter(action__in=["merge", "follow"]).reverse()
    was: dict[str, Any] = {}
    for event in newest_first.iterator():  # so that the oldest "before" stays
        for name in set(event.changes) & TAKEN_OVER:
            column: Any = duplicate._meta.get_field(name)
            was[name] = column.to_python(event.changes[name][0])
        if event.action == "merge":
            return Standing(event.source, was)
    raise LookupError(f"{duplicate} was never merged.")


def policy_before(duplicate: Ticket) -> int | None:
    """Under which policy it was when it was merged; being merged it has none."""
    event = Event.of(duplicate).filter(action="merge").last()
    before: int | None = event.changes.get("sla_policy", [None])[0] if event else None
    return before


def _as_it_is(ticket: Ticket, pk: Any) -> Ticket:
    """The row of that ticket now, under the lock that the door has taken."""
    row: Ticket = type(ticket)._base_manager.get(pk=pk)
    return row
