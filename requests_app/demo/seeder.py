"""Fills a house: people and teams, and what they asked for, reported and did in the last ninety days."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import NamedTuple

from django.db import transaction

from accounts.demo.people import gather
from accounts.demo.play import WINDOW, Life, play
from requests_app.demo.plan import asked
from requests_app.models import ServiceRequest
from tickets.demo.plan import planned, reported
from tickets.demo.recurring import taken_on
from tickets.demo.setting import Setting, furnish
from tickets.demo.worker import worker
from tickets.models import Ticket, WorkOrder


class Amount(NamedTuple):
    """How much work there is, or should be."""

    requests: int = 0
    tickets: int = 0
    work_orders: int = 0
    """Those that were planned and belong neither to a ticket nor to a request."""


def seed(
    *,
    people: int,
    requests: int,
    tickets: int = 0,
    work_orders: int = 0,
    seed: int,
    until: datetime,
    tell: Callable[[str], None],
) -> Amount:
    """Bring the demo up to so many people and so much work; returns what was missing."""
    since = until - WINDOW
    with transaction.atomic():
        setting = furnish(gather(people=people, since=since), since=since)
    there = _there()
    wanted = Amount(requests, tickets, work_orders)
    missing = Amount(*(max(0, most - now) for most, now in zip(wanted, there, strict=True)))
    if any(missing):
        lives = _lives(missing, there, seed=seed, setting=setting, until=until)
        beside = [*taken_on(setting, seed=f"{seed}", since=since), *worker(since)]
        play([*lives, *beside], until=until, tell=tell)
    return missing


def _there() -> Amount:
    alone = WorkOrder.objects.filter(ticket=None, request=None)
    return Amount(ServiceRequest.objects.count(), Ticket.objects.count(), alone.count())


def _lives(
    missing: Amount, there: Amount, *, seed: int, setting: Setting, until: datetime
) -> Iterator[Life]:
    for draw, count, before in zip((asked, reported, planned), missing, there, strict=True):
        name = f"{draw.__name__}:{seed}:{before}"
        yield from draw(count=count, seed=name, setting=setting, until=until)
