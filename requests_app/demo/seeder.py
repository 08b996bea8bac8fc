"""Fills a house: people and teams, and what they asked for, reported, planned and did in the last ninety days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from accounts.demo.people import gather
from accounts.demo.play import WINDOW, Life, play
from requests_app.demo.arrivals import ARRIVALS, welcomed
from requests_app.demo.plan import asked
from requests_app.models import ServiceRequest
from tickets.demo.plan import planned, reported
from tickets.demo.recurring import taken_on
from tickets.demo.setting import Setting, furnish
from tickets.demo.worker import worker
from tickets.models import Ticket, WorkOrder
from workflows.demo.plan import begun
from workflows.models import Project


class Amount(NamedTuple):
    """How much work there is, or should be."""

    requests: int = 0
    tickets: int = 0
    work_orders: int = 0
    """Those that were planned and belong neither to a ticket nor to a request."""
    projects: int = 0
    """Beside the one where workflows of requests begin."""


def seed(
    *,
    people: int,
    requests: int,
    tickets: int = 0,
    work_orders: int = 0,
    projects: int = 0,
    seed: int,
    until: datetime,
    tell: Callable[[str], None],
) -> Amount:
    """Bring the demo up to so many people and so much work; returns what was missing."""
    since = until - WINDOW
    with transaction.atomic():
        setting = furnish(gather(people=people, since=since), since=since)
    there = _there()
    wanted = Amount(requests, tickets, work_orders, projects)
    missing = Amount(*(max(0, most - now) for most, now in zip(wanted, there, strict=True)))
    if any(missing):
        lives = _lives(missing, there, seed=seed, setting=setting, until=until)
        come = welcomed(setting.cast, since=since, until=until) if missing.projects else ()
        beside = [*come, *taken_on(setting, seed=f"{seed}", since=since), *worker(since)]
        play([*lives, *beside], until=until, tell=tell)
    return missing


def _there() -> Amount:
    alone = WorkOrder.objects.filter(ticket=None, request=None)
    projects = Project.objects.exclude(name=ARRIVALS)
    asked_for = ServiceRequest.objects.filter(workflow=None)
    return Amount(asked_for.count(), Ticket.objects.count(), alone.count(), projects.count())


def _lives(
    missing: Amount, there: Amount, *, seed: int, setting: Setting, until: datetime
) -> Iterator[Life]:
    drawn = (asked, reported, planned)
    for draw, count, before in zip(drawn, missing[:3], there[:3], strict=True):
        name = f"{draw.__name__}:{seed}:{before}"
        yield from draw(count=count, seed=name, setting=setting, until=until)
    more = {"count": missing.projects, "first": there.projects}
    yield from begun(**more, seed=f"begun:{seed}", cast=setting.cast, until=until)
