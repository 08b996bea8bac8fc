"""Who may do what with tickets and work orders; each answer needs only loaded columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.actors import Actor
from core.lifecycle import needs

if TYPE_CHECKING:
    from tickets.models import Ticket, WorkOrder
    from tickets.models.rows import Duplicate


def admin(item: Any, user: Actor) -> bool:
    """Only admins set this up."""
    return user.is_admin


def agent(item: Any, user: Actor) -> bool:
    """Only agents do this."""
    return user.is_agent


def reports_for_themselves(ticket: Ticket, user: Actor) -> bool:
    """Only agents report on behalf of somebody else."""
    return user.is_agent or ticket.requester_id in (None, user.pk)


def requester_or_agent(ticket: Ticket, user: Actor) -> bool:
    """Only the requester or an agent does this."""
    return user.is_agent or user.pk == ticket.requester_id


def assignee(item: Ticket | WorkOrder, user: Actor) -> bool:
    """Only the assignee or an admin does this."""
    # Whoever is no agent any more may still be named as the assignee.
    return user.is_admin or (user.is_agent and user.pk == item.assignee_id)


def agent_on_own_or_unassigned(ticket: Ticket, user: Actor) -> bool:
    """Only its assignee starts a ticket, or any agent while it has none."""
    if ticket.assignee_id is None:
        return user.is_agent
    return assignee(ticket, user)


def sees(ticket: Ticket | Duplicate, user: Actor) -> bool:
    """Whether this ticket exists for this person: what the queryset asks, of a loaded row."""
    return user.is_agent or user.pk == ticket.requester_id


not_merged = needs(
    "It is merged into another ticket: unmerge it first, or go on there.",
    lambda ticket: ticket.merged_into_id is None,
)

nobody_follows = needs(
    "Other tickets follow it: unmerge them first, or merge the other one into this.",
    lambda ticket: not ticket.duplicates_shown,
)

is_merged = needs("It is not merged.", lambda ticket: ticket.merged_into_id is not None)

somebody_sees_to_it = needs(
    "Assign it first.",
    lambda ticket, actor: actor is not None or ticket.assignee_id is not None,
)

no_open_work_orders = needs(
    "Finish or cancel its work orders first.",
    lambda ticket: not ticket.has_open_work_orders,
)

still_open = needs("It has ended: what it says stays as it is.", lambda item: item.is_open)

required_items_ticked = needs(
    "Tick the required items of its checklist first.",
    lambda work_order: not work_order.has_open_required_items,
)

work_is_open = needs(
    "The work order has ended: its checklist stays as it is.",
    lambda item: item.work_order.is_open,
)
