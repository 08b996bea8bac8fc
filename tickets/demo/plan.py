"""The tickets and planned work of the demo: drawn by chance, the same for the same seed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from random import Random

from accounts.demo.office_hours import some_time
from accounts.demo.places import SITES, room
from accounts.demo.play import WINDOW, Life
from tickets.demo.setting import Setting
from tickets.demo.stories import ROUNDS, STORIES
from tickets.demo.trouble import Trouble
from tickets.demo.visits import Visit

# How often the next report is about the same fault.
ECHO = 0.07


def reported(*, count: int, seed: str, setting: Setting, until: datetime) -> Iterator[Life]:
    """So many tickets, reported over the ninety days before `until`, oldest first."""
    random = Random(seed)  # noqa: S311 - not a secret
    moments = sorted(some_time(random, until - WINDOW, until) for _ in range(count))
    first: Trouble | None = None
    for number, moment in enumerate(moments):
        own = Random(f"{seed}:{number}")  # noqa: S311 - not a secret
        if first is not None and random.random() < ECHO:
            trouble = Trouble(first.story, first.where, own, setting, first)
        else:
            story = random.choices(STORIES, [each.weight for each in STORIES])[0]
            first = trouble = Trouble(story, _somewhere(random), own, setting)
        yield trouble.lived(moment)


def planned(*, count: int, seed: str, setting: Setting, until: datetime) -> Iterator[Life]:
    """So many planned jobs that nobody had to report."""
    random = Random(seed)  # noqa: S311 - not a secret
    for number in range(count):
        own = Random(f"{seed}:{number}")  # noqa: S311 - not a secret
        yield _round(own, setting, some_time(random, until - WINDOW, until))


def _round(random: Random, setting: Setting, begins: datetime) -> Life:
    yield begins
    job = random.choice(ROUNDS)
    crew = setting.cast.crews[job.team]
    goes, plans = random.choice(crew), random.choice(crew)
    wait = random.uniform(4, 40)
    yield from Visit(job, goes, plans, setting, random, wait, _somewhere(random)).made()


def _somewhere(random: Random) -> dict[str, str]:
    return {"site": random.choice(SITES), "room": room(random)}
