"""Where races are run, over HTTP: threads on PostgreSQL, processes on SQLite, which knows no threads."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Barrier
from typing import Any, Protocol

import pytest
from django.db import connection

from accounts.models import User
from tests.races import scenes
from tests.races.asking import ask, key_of, place_of
from tests.races.attempts import WIDTH, Attempt, Round

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = int(os.environ.get("RACE_ROUNDS", "10"))
"""How often each race is run; `RACE_ROUNDS=200 pytest tests/races` takes its time."""

TIME = pytest.mark.timeout(300 + 10 * ROUNDS)
"""How long one of them may take: none hangs a build, and many rounds are run to their end."""

Items = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Heat:
    """One round that was run: what was tried, how each attempt went, and what became of the items."""

    attempts: Round
    outcomes: list[str]
    items: Items

    def winners(self) -> list[Attempt]:
        """The attempts that succeeded."""
        went = zip(self.attempts, self.outcomes, strict=True)
        return [attempt for attempt, outcome in went if outcome == "won"]

    def refusals(self) -> set[str]:
        """The codes with which the others were refused."""
        return set(self.outcomes) - {"won"}


class Arena(Protocol):
    """Runs the rounds of a scene, eight attempts at once in each."""

    def prepare(self, scene: str, rounds: int) -> list[Round]: ...

    def at_once(self, attempts: Round) -> list[str]: ...

    def tell(self, references: list[str]) -> Items: ...


def run(arena: Arena, scene: str, rounds: int) -> list[Heat]:
    """Run a scene so many times."""
    prepared = arena.prepare(scene, rounds)
    outcomes = [arena.at_once(attempts) for attempts in prepared]
    items = arena.tell(_named(prepared))
    return [
        Heat(attempts, went, {name: items[name] for name in _named([attempts])})
        for attempts, went in zip(prepared, outcomes, strict=True)
    ]


class Threads:
    """Eight threads, each a client of the API."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self.pool = pool

    def prepare(self, scene: str, rounds: int) -> list[Round]:
        prepared = scenes.prepare(scene, rounds)
        self.keys = {person.name: key_of(person) for person in User.objects.all()}
        connection.close()  # the pool of connections has eight, one for each thread
        return prepared

    def at_once(self, attempts: Round) -> list[str]:
        start = Barrier(WIDTH)
        places = [place_of(each) for each in attempts]
        connection.close()

        def attempt(each: Attempt, place: str | None) -> str:
            start.wait()
            try:
                return ask(each, place, self.keys[each.by])
            finally:
                connection.close()  # as the server does after each request

        return list(self.pool.map(attempt, attempts, places))

    def tell(self, references: list[str]) -> Items:
        return scenes.tell(references)


class Processes:
    """Eight processes on one file; the first of them also prepares and tells."""

    def __init__(self, racers: list[subprocess.Popen[str]]) -> None:
        self.racers = racers

    def prepare(self, scene: str, rounds: int) -> list[Round]:
        _order(self.racers[0], "prepare", scene=scene, rounds=rounds)
        return [[Attempt(**each) for each in attempts] for attempts in _answer(self.racers[0])]

    def at_once(self, attempts: Round) -> list[str]:
        for racer, each in zip(self.racers, attempts, strict=True):
            _order(racer, "attempt", **vars(each))
        return [_answer(racer) for racer in self.racers]

    def tell(self, references: list[str]) -> Items:
        _order(self.racers[0], "tell", references=references)
        told: Items = _answer(self.racers[0])
        return told


def _order(racer: subprocess.Popen[str], order: str, **given: Any) -> None:
    racer.stdin.write(f"{json.dumps([order, given])}\n")
    racer.stdin.flush()


def _answer(racer: subprocess.Popen[str]) -> Any:
    return json.loads(racer.stdout.readline())


@contextmanager
def threads() -> Iterator[Threads]:
    """An arena on the database of the tests."""
    with ThreadPoolExecutor(WIDTH) as pool:
        yield Threads(pool)


@contextmanager
def processes(database: Path) -> Iterator[Processes]:
    """An arena on a database of its own, in a file."""
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}"}
    racers = [_racer(environment) for _ in range(WIDTH)]
    assert [_answer(racer) for racer in racers] == ["ready"] * WIDTH
    yield Processes(racers)
    for racer in racers:
        racer.communicate(timeout=30)


def _racer(environment: Mapping[str, str]) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.races.contender"]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True)


def _named(rounds: Iterable[Round]) -> list[str]:
    return list(dict.fromkeys(attempt.item for each in rounds for attempt in each))
