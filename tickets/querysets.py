"""The questions one can ask about tickets and work orders."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject

from core.db.json import json_rows
from core.querysets import ScopedQuerySet
from sla.standing import PromisedQuerySet
from tickets.states import BOOKED, ENDED_WORK, OPEN_TICKETS, TicketStatus

if TYPE_CHECKING:
    from accounts.models import User
    from tickets.models import ChecklistItem, Tag, Ticket, WorkOrder  # noqa: F401


CHECKLIST_ROW = JSONObject(
    id="pk",
    position="position",
    text="text",
    is_required="is_required",
    status="status",
    ticked_at="ticked_at",
    ticked_by_id="ticked_by",
    ticked_by_name="ticked_by__name",
)
"""A point of a checklist, as its work order shows it."""

DUPLICATE_ROW = JSONObject(id="pk", title="title", requester_id="requester_id")
"""A duplicate, as the ticket that it follows mentions it."""

SHOWN_WITH_A_TICKET = (
    "requester",
    "assignee",
    "created_by",
    "department",
    "team",
    "category",
    "merged_into",
    "sla_policy",
)


class TagQuerySet(ScopedQuerySet["Tag"]):
    """Words by which tickets are found again."""

    def for_user(self, user: User) -> Self:  # type: ignore[override]
        """Everybody who is signed in sees every tag."""
        return self

    def missing(self, slugs: Iterable[str]) -> list[str]:
        """Those among these words that cannot be put on a ticket."""
        wanted = set(slugs)
        known = self.filter(slug__in=wanted, is_active=True).values_list("slug", flat=True)
        return sorted(wanted.difference(known)) if wanted else []


class AgentsQuerySet(ScopedQuerySet[Any]):
    """Rows that only those who work the queues see."""

    def for_user(self, user: User) -> Self:  # type: ignore[override]
        return self if user.is_agent else self.none()


class CannedReplyQuerySet(AgentsQuerySet):
    """What agents write again and again."""

    def for_display(self) -> Self:
        return self.select_related("team")


class TicketQuerySet(PromisedQuerySet["Ticket"]):
    """What is broken."""

    def for_user(self, user: User) -> Self:  # type: ignore[override]
        """Agents see all, everybody else what was reported by or for them."""
        return self if user.is_agent else self.filter(requester=user.pk)

    def for_display(self) -> Self:
        """With the names that a row shows, and what its conditions ask."""
        unfinished = _rows(self.model, "work_orders").open()
        duplicates = _rows(self.model, "duplicates").filter(merged_into=OuterRef("pk"))
        return self.select_related(*SHOWN_WITH_A_TICKET).annotate(
            open_work_orders=Exists(unfinished.filter(ticket=OuterRef("pk"))),
            duplicate_rows=json_rows(duplicates, DUPLICATE_ROW),
        )

    def open(self) -> Self:
        """Somebody still has to do something, and does it here."""
        return self.filter(status__in=OPEN_TICKETS, merged_into=None)

    def overdue(self, *, at: datetime) -> Self:
        """Open past their due date."""
        return self.open().filter(due_at__lt=at)

    def merged(self) -> Self:
        """Following another ticket."""
        return self.filter(merged_into__isnull=False)

    def with_open_work_orders(self) -> Self:
        """Somebody still has to go there."""
        unfinished = _rows(self.model, "work_orders").open()
        return self.filter(Exists(unfinished.filter(ticket=OuterRef("pk"))))

    def resolved_before(self, moment: datetime) -> Self:
        """Resolved and left alone since; what is merged follows its survivor instead."""
        return self.filter(status=TicketStatus.RESOLVED, resolved_at__lt=moment, merged_into=None)


class WorkOrderQuerySet(ScopedQuerySet["WorkOrder"]):
    """Who goes where, and does what."""

    def for_user(self, user: User) -> Self:  # type: ignore[override]
        """Agents see all; others those of the tickets and requests that exist for them."""
        if user.is_agent:
            return self
        parents = {
            name: _rows(self.model, name).for_user(user).values("pk")
            for name in ("ticket", "request")
        }
        return self.filter(Q(ticket__in=parents["ticket"]) | Q(request__in=parents["request"]))

    def for_display(self) -> Self:
        """With the names that a row shows, its checklist, and what its conditions ask."""
        items = _rows(self.model, "checklist")
        mine = items.filter(work_order=OuterRef("pk"))
        return self.select_related(
            "ticket", "request", "checklist_template", "assignee", "created_by"
        ).annotate(
            checklist_rows=json_rows(mine, CHECKLIST_ROW),
            open_required_items=Exists(mine.unticked().filter(is_required=True)),
        )

    def open(self) -> Self:
        """Somebody still has to go there."""
        return self.exclude(status__in=ENDED_WORK)

    def overdue(self, *, at: datetime) -> Self:
        """Open past the end of their window."""
        return self.open().filter(scheduled_end__lt=at)

    def booked(self, assignee: User, *, start: datetime, end: datetime) -> Self:
        """What takes this person's time in this window; windows that only touch do not."""
        return self.filter(
            assignee=assignee.pk,
            status__in=BOOKED,
            scheduled_start__lt=end,
            scheduled_end__gt=start,
        )


class ScheduleQuerySet(AgentsQuerySet):
    """Work that comes again."""

    def for_display(self) -> Self:
        return self.select_related(
            "category", "requester", "team", "checklist_template", "created_by"
        )

    def due(self, *, at: datetime) -> Self:
        """Those that have to make something by now."""
        return self.filter(status="active", next_at__lte=at)


class ChecklistItemQuerySet(ScopedQuerySet["ChecklistItem"]):
    """What has to be done on site, point by point."""

    def for_user(self, user: User) -> Self:  # type: ignore[override]
        """The points of the work orders that exist for this person."""
        if user.is_agent:
            return self
        work_orders = _rows(self.model, "work_order")
        return self.filter(work_order__in=work_orders.for_user(user).values("pk"))

    def for_display(self) -> Self:
        return self.select_related("work_order", "ticked_by")

    def unticked(self) -> Self:
        return self.exclude(status="done")


def _rows(model: Any, relation: str) -> Any:
    """The rows at the other end of a relation: these querysets stand below every model."""
    return model._meta.get_field(relation).related_model.objects
