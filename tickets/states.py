"""Where tickets and work orders can stand."""

from django.db import models


class TicketStatus(models.TextChoices):
    """The states of a ticket, in the order of its life."""

    NEW = "new"
    TRIAGED = "triaged"
    IN_PROGRESS = "in_progress", "In progress"
    BLOCKED = "blocked"
    RESOLVED = "resolved"
    CLOSED = "closed"
    CANCELLED = "cancelled"


class WorkOrderStatus(models.TextChoices):
    """The states of a work order, in the order of its life."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    DISPATCHED = "dispatched"
    IN_PROGRESS = "in_progress", "In progress"
    ON_HOLD = "on_hold", "On hold"
    COMPLETED = "completed"
    CANCELLED = "cancelled"


OPEN_TICKETS = (
    TicketStatus.NEW,
    TicketStatus.TRIAGED,
    TicketStatus.IN_PROGRESS,
    TicketStatus.BLOCKED,
)
"""Somebody still has to do something."""

BEGUN_WORK = (WorkOrderStatus.IN_PROGRESS, WorkOrderStatus.ON_HOLD)
"""Somebody is there, or was."""

ENDED_WORK = (WorkOrderStatus.COMPLETED, WorkOrderStatus.CANCELLED)
"""Nobody goes there any more."""

BOOKED = (WorkOrderStatus.DISPATCHED, WorkOrderStatus.IN_PROGRESS, WorkOrderStatus.ON_HOLD)
"""The window of such a work order is taken in its assignee's calendar."""
