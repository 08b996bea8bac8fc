"""Tickets and work orders for tests, in one line each."""

from __future__ import annotations

from typing import Any

from accounts.models import User
from core.lifecycle import create
from core.tests.making import through
from tickets.models import Ticket, WorkOrder

__all__ = ["ordered", "report", "resolved", "through"]


def report(person: User, **fields: Any) -> Ticket:
    """What this person says is broken."""
    return create(Ticket(**{"title": "The lamp is dark"} | fields), actor=person)


def resolved(ticket: Ticket, agent: User) -> Ticket:
    """The agent takes it all the way to its resolution."""
    return through(
        ticket,
        (agent, "triage", {"priority": "high"}),
        (agent, "start"),
        (agent, "resolve", {"resolution": "Changed the fuse."}),
    )


def ordered(agent: User, **fields: Any) -> WorkOrder:
    """Somebody has to go there."""
    return create(WorkOrder(**{"title": "Change the fuse"} | fields), actor=agent)
