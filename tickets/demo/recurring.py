"""Those who take on the work that comes again by itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random

from accounts.demo.play import Life, soon
from accounts.models import User
from core import clock
from core.lifecycle import perform
from tickets.demo.furniture import REVIEW
from tickets.demo.setting import Setting
from tickets.demo.stories import ROUNDS
from tickets.demo.visits import Visit
from tickets.models import Occurrence, Ticket, WorkOrder

A_DAY = timedelta(days=1)
REVIEWED = ["Three accounts closed, one kept for the audit.", "Nothing found.", "Two closed."]


def taken_on(setting: Setting, *, seed: str, since: datetime) -> Iterator[Life]:
    """What schedules have made is done like everything else."""
    yield _rounds(setting, Random(f"{seed}:rounds"), since)  # noqa: S311 - not a secret
    yield _reviews(setting, Random(f"{seed}:reviews"), since)  # noqa: S311 - not a secret


def _rounds(setting: Setting, random: Random, since: datetime) -> Life:
    yield since
    jobs = {job.checklist: job for job in ROUNDS}
    ours = {"checklist_template__name__in": jobs, "pk__in": Occurrence.objects.values("work_order")}
    while True:
        fresh = WorkOrder.objects.for_display().filter(status="draft", **ours)
        for order in fresh.order_by("pk"):
            job = jobs[str(order.checklist_template)]
            crew = setting.cast.crews[job.team]
            goes, where = random.choice(crew), {"site": order.site}
            yield from Visit(job, goes, goes, setting, random, 4, where).taken_on(order)
        yield clock.now() + A_DAY


def _reviews(setting: Setting, random: Random, since: datetime) -> Life:
    yield since
    ours = {"title": REVIEW, "pk__in": Occurrence.objects.values("ticket")}
    while True:
        for ticket in Ticket.objects.filter(status="new", **ours).order_by("pk"):
            yield soon(random, 4)
            yield from _reviewed(ticket, random.choice(setting.cast.crews["Service desk"]), random)
        yield clock.now() + A_DAY


def _reviewed(ticket: Ticket, agent: User, random: Random) -> Life:
    ticket = perform(ticket, "triage", actor=agent, priority="low")
    ticket = perform(ticket, "assign", actor=agent, assignee=agent)
    ticket = perform(ticket, "start", actor=agent)
    yield soon(random, 8)
    perform(ticket, "resolve", actor=agent, resolution=random.choice(REVIEWED))
