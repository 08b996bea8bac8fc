"""Plays the demo through the one door, each step at its own time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.db import transaction

from core import clock
from core.lifecycle import create, perform
from requests_app.demo.people import Cast, gather
from requests_app.demo.plan import WINDOW, Step, lives
from requests_app.models import ServiceRequest

# Committing is most of the cost of a small write.
STEPS_AT_ONCE = 250


def seed(
    *, people: int, requests: int, seed: int, until: datetime, tell: Callable[[str], None]
) -> int:
    """Bring the demo up to so many people and requests; returns how many requests were added."""
    with transaction.atomic():
        cast = gather(people=people, since=until - WINDOW)
    there = ServiceRequest.objects.count()
    missing = max(0, requests - there)
    play(count=missing, seed=f"{seed}:{there}", cast=cast, until=until, tell=tell)
    return missing


def play(
    *, count: int, seed: str, cast: Cast, until: datetime, tell: Callable[[str], None]
) -> None:
    """Ask for so many things, and do with them what had time to happen before `until`."""
    asked: dict[int, ServiceRequest] = {}
    steps: list[Step] = []
    for life in lives(count=count, seed=seed, cast=cast, until=until):
        asked[life.number] = life.request
        steps += [step for step in life.steps() if step.at < until]
    steps.sort()
    for start in range(0, len(steps), STEPS_AT_ONCE):
        with transaction.atomic():
            for step in steps[start : start + STEPS_AT_ONCE]:
                asked[step.number] = _take(step, asked[step.number])
        tell(f"{min(start + STEPS_AT_ONCE, len(steps))} of {len(steps)} steps")


def _take(step: Step, request: ServiceRequest) -> ServiceRequest:
    with clock.at(step.at):
        if step.action == "ask":
            return create(request, actor=step.actor)
        return perform(request, step.action, actor=step.actor, note=step.note, **step.inputs)
