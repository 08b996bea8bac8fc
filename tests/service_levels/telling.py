"""The story that the documentation tells, and shorter ones."""

from __future__ import annotations

from typing import Any

from core.lifecycle import create, perform
from core.models import Event
from tickets.models import Ticket


def reported(when: Any, ann: Any, at: str = "2026-05-22 14:00", **fields: Any) -> Ticket:
    """Ann says that the lift stands still."""
    with when(at):
        return create(Ticket(title="The lift stands still", **fields), actor=ann)


def does(when: Any, at: str, who: Any, ticket: Ticket, name: str, **inputs: Any) -> Ticket:
    """Somebody performs a transition at a time."""
    with when(at):
        return perform(ticket, name, actor=who, **inputs)


def started(when: Any, ben: Any, ticket: Ticket, at: str = "2026-05-26 09:20") -> Ticket:
    """Ben begins."""
    ticket = does(when, at, ben, ticket, "triage", priority="medium")
    return does(when, at, ben, ticket, "start")


def mended(when: Any, ann: Any, ben: Any) -> Ticket:
    """The whole story of the documentation."""
    ticket = started(when, ben, reported(when, ann))
    ticket = does(when, "2026-05-26 11:00", ben, ticket, "block", reason="A spare part is coming.")
    ticket = does(when, "2026-05-27 10:00", ben, ticket, "unblock")
    return does(when, "2026-05-28 11:30", ben, ticket, "resolve", resolution="It runs.")


def actions(ticket: Ticket) -> list[str]:
    """What happened to it, in order."""
    return [event.action for event in Event.of(ticket)]
