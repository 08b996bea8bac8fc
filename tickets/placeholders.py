"""What canned replies may leave open: a closed list of names, filled in as text and never as code."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.timezone import localtime

if TYPE_CHECKING:
    from accounts.models import User
    from tickets.models import Ticket

OPENING = re.compile(r"\{\{([^{}]*)\}\}")
# What Markdown could read as more than text. A hyphen inside a word is none of it.
SPECIAL = re.compile(r"(?<!\w)-|-(?!\w)|[!-&(-+./:-@\[-`{-~]")
LONGEST_SHOWN = 40


def _name(person: User | None) -> str:
    return literally(person.name) if person else "nobody yet"


def _first_name(person: User | None) -> str:
    return literally(person.name.split()[0]) if person and person.name.strip() else _name(person)


def _moment(moment: datetime | None) -> str:
    return date_format(localtime(moment), "DATETIME_FORMAT") if moment else "no date yet"


def _named(row: Any, otherwise: str) -> str:
    return literally(str(row)) if row is not None else otherwise


PLACEHOLDERS: Mapping[str, Callable[[Any, Any], str]] = {
    "ticket.reference": lambda ticket, agent: ticket.reference,
    "ticket.title": lambda ticket, agent: literally(ticket.title),
    "ticket.status": lambda ticket, agent: ticket.get_status_display().lower(),
    "ticket.priority": lambda ticket, agent: ticket.get_priority_display().lower(),
    "ticket.category": lambda ticket, agent: _named(ticket.category, "no category"),
    "ticket.team": lambda ticket, agent: _named(ticket.team, "no team yet"),
    "ticket.created": lambda ticket, agent: _moment(ticket.created_at),
    "ticket.due": lambda ticket, agent: _moment(ticket.due_at),
    "requester.name": lambda ticket, agent: _name(ticket.requester),
    "requester.first_name": lambda ticket, agent: _first_name(ticket.requester),
    "assignee.name": lambda ticket, agent: _name(ticket.assignee),
    "assignee.first_name": lambda ticket, agent: _first_name(ticket.assignee),
    "agent.name": lambda ticket, agent: _name(agent),
    "agent.first_name": lambda ticket, agent: _first_name(agent),
}
"""Everything that can stand between braces; `agent` is whoever writes the reply."""


def fill(body: str, ticket: Ticket, *, agent: User) -> str:
    """The body with every placeholder replaced, once: what is filled in is not read again."""

    def value(found: re.Match[str]) -> str:
        known = PLACEHOLDERS.get(found[1].strip())
        return known(ticket, agent) if known else found[0]

    return OPENING.sub(value, body)


def literally(text: str) -> str:
    """Somebody's words on one line, so that Markdown shows them and does nothing else with them."""
    return SPECIAL.sub(r"\\\g<0>", " ".join(text.split()))


def refuse_unknown(body: str) -> None:
    """Validator: raises ValidationError naming what is no placeholder, with the list of what is."""
    wrong = next((name for name in OPENING.findall(body) if name.strip() not in PLACEHOLDERS), None)
    if wrong is not None:
        raise _no_placeholder(f"There is no placeholder {_shown(wrong)}.")
    rest = OPENING.sub(" ", body)
    for braces in ("{{", "}}"):
        if braces in rest:
            around = rest[rest.index(braces) :][:LONGEST_SHOWN].splitlines()[0]
            raise _no_placeholder(f"“{around}” has only half of its braces.")


def _no_placeholder(sentence: str) -> ValidationError:
    known = ", ".join(_shown(name) for name in PLACEHOLDERS)
    return ValidationError(f"{sentence} There are: {known}.", code="unknown_placeholder")


def _shown(name: str) -> str:
    return f"{{{{ {name.strip()[:LONGEST_SHOWN]} }}}}"
