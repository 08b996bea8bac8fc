"""Service levels: how promises stand of what was asked for or reported in the window."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import CharField, Count, F, Value
from django.db.models.functions import Cast

from dashboards.question import Question
from requests_app.models import ServiceRequest
from sla.standing import Standing, stands
from tickets.models import Ticket

Figure = dict[str, Any]
KINDS: dict[str, Any] = {"request": ServiceRequest, "ticket": Ticket}
LISTS = {"request": "requests", "ticket": "tickets"}


def service_levels(question: Question) -> Figure:
    """First responses and resolutions kept, broken, in danger or resting, of requests and of tickets."""
    found = {each["kind"]: each for each in _counted(question, KINDS)}
    rows = []
    for kind in KINDS:
        counted = found.get(kind, {"kind": kind, **dict.fromkeys(Standing.values, 0)})
        rows.append(_row(question, counted | {"key": kind, "name": f"{kind.title()}s"}))
    return {"rows": rows}


def service_levels_by_policy(question: Question) -> Figure:
    """The same by the policy that promised; only policies under which something came."""
    counted = _counted(question, KINDS, key="sla_policy", name="sla_policy__name")
    return {"rows": [_row(question, each, by="policy") for each in counted]}


def service_levels_by_team(question: Question) -> Figure:
    """The same by the team in whose queue a ticket is; only teams that have some."""
    counted = _counted(question, ["ticket"], key="team", name="team__name")
    return {"rows": [_row(question, each, by="team") for each in counted]}


def _counted(question: Question, kinds: Iterable[str], **groups: str) -> Any:
    """How many promises stand how, in one query over all these kinds."""
    first, *others = (_of_kind(question, kind, groups) for kind in kinds)
    rows = first.union(*others, all=True) if others else first
    return rows.order_by(*reversed(["kind", *groups]))


def _of_kind(question: Question, kind: str, groups: dict[str, str]) -> Any:
    counts = {
        how: Count("pk", filter=stands(how, KINDS[kind], question.now)) for how in Standing.values
    }
    # What loses its policy keeps what was promised; what rests has a policy and nothing due.
    promised = question.made_in_window(KINDS[kind]).exclude(
        sla_policy=None, due_at=None, response_due_at=None
    )
    for column in groups.values():
        promised = promised.exclude(**{column: None})
    named = {alias: F(column) for alias, column in groups.items()}
    kinded = promised.annotate(kind=Cast(Value(kind), CharField()), **named)
    return kinded.values("kind", *groups).annotate(**counts).order_by()


def _row(question: Question, counted: Figure, *, by: str = "") -> Figure:
    kind = counted["kind"]
    filters = question.window("created") | ({by: counted["key"]} if by else {})
    standings = {
        how: {
            "value": counted[how],
            "link": question.link(LISTS[kind], **filters, service_level=how),
        }
        for how in Standing.values
    }
    return {"key": str(counted["key"]), "label": counted["name"], "kind": kind, **standings}
