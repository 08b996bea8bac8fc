"""What a line of an exported ticket or work order holds."""

from __future__ import annotations

from typing import Any

from core.export import Columns


def name_of(related: Any) -> str:
    """How people call a related row; nothing where there is none."""
    return str(related) if related is not None else ""


TICKET_COLUMNS: Columns = {
    "reference": lambda ticket: ticket.reference,
    "title": lambda ticket: ticket.title,
    "category": lambda ticket: name_of(ticket.category),
    "tags": lambda ticket: " ".join(ticket.tags),
    "department": lambda ticket: name_of(ticket.department),
    "priority": lambda ticket: ticket.priority,
    "status": lambda ticket: ticket.status,
    "team": lambda ticket: name_of(ticket.team),
    "requester": lambda ticket: name_of(ticket.requester),
    "assignee": lambda ticket: name_of(ticket.assignee),
    "created_at": lambda ticket: ticket.created_at,
    "response_due_at": lambda ticket: ticket.response_due_at,
    "first_responded_at": lambda ticket: ticket.first_responded_at,
    "due_at": lambda ticket: ticket.due_at,
    "started_at": lambda ticket: ticket.started_at,
    "resolved_at": lambda ticket: ticket.resolved_at,
    "closed_at": lambda ticket: ticket.closed_at,
    "reason": lambda ticket: ticket.reason,
    "resolution": lambda ticket: ticket.resolution,
    "description": lambda ticket: ticket.description,
}

WORK_ORDER_COLUMNS: Columns = {
    "reference": lambda work_order: work_order.reference,
    "title": lambda work_order: work_order.title,
    "for": lambda work_order: name_of(work_order.ticket or work_order.request),
    "status": lambda work_order: work_order.status,
    "site": lambda work_order: work_order.site,
    "assignee": lambda work_order: name_of(work_order.assignee),
    "scheduled_start": lambda work_order: work_order.scheduled_start,
    "scheduled_end": lambda work_order: work_order.scheduled_end,
    "created_at": lambda work_order: work_order.created_at,
    "started_at": lambda work_order: work_order.started_at,
    "completed_at": lambda work_order: work_order.completed_at,
    "minutes_spent": lambda work_order: work_order.minutes_spent,
    "reason": lambda work_order: work_order.reason,
    "completion_notes": lambda work_order: work_order.completion_notes,
    "description": lambda work_order: work_order.description,
}
