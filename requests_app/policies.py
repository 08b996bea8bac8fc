"""Who may do what with requests and the catalogue; each answer needs only loaded columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from core.actors import Actor
from core.lifecycle import needs

if TYPE_CHECKING:
    from accounts.models import User
    from requests_app.models import ServiceRequest


def admin(item: Any, user: Actor) -> bool:
    """Only admins change the catalogue."""
    return user.is_admin


def asks_for_themselves(request: ServiceRequest, user: Actor) -> bool:
    """Only agents ask on behalf of somebody else."""
    return user.is_agent or request.requester_id in (None, user.pk)


def agent(request: ServiceRequest, user: Actor) -> bool:
    """Only agents do this."""
    return user.is_agent


def approver(request: ServiceRequest, user: User) -> bool:
    """Only approvers of its department, or admins, decide on a request, and nobody on their own."""
    if user.pk in (request.requester_id, request.created_by_id):
        return False
    # Nor does the requester by naming who sits in their place.
    return user.is_admin or any(
        seat.department_id == request.department_id and seat.approver_id != request.requester_id
        for seat in user.decides_from()
    )


def requester_or_admin(request: ServiceRequest, user: Actor) -> bool:
    """Only the requester or an admin does this."""
    return user.is_admin or user.pk == request.requester_id


def requester_or_agent(request: ServiceRequest, user: Actor) -> bool:
    """Only the requester or an agent edits a request."""
    return user.is_agent or user.pk == request.requester_id


for_people_to_decide = needs(
    "This request waits for people to decide.",
    lambda request, actor: actor is not None or request.approvals_needed == 0,
)

not_decided_twice = needs(
    "You have already decided on this request.",
    lambda request, actor: actor is None or not request.was_decided_by(actor),
)

still_open = needs("It has ended: what it says stays as it is.", lambda request: request.is_open)

as_it_was_decided = needs(
    "It was decided as it is: only an agent who did not ask for it edits it now.",
    lambda request, actor: (
        request.is_undecided
        or actor is None
        or (actor.is_agent and actor.pk != request.requester_id)
    ),
)
