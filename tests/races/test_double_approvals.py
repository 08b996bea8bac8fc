"""Eight at once approve what needs one approval: one wins, the others are told, one Event is left."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from core.models import Event
from requests_app.models import Decision, ServiceRequest
from tests.races.contender import needing_one_approval

ROOT = Path(__file__).resolve().parents[2]
ROUNDS, WIDTH = 200, 8
REFUSALS = {"wrong_status", "condition_unmet"}


@pytest.mark.skipif(connection.vendor != "postgresql", reason="threads race on PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_on_postgresql_one_of_eight_threads_wins_over_http(ann, mia, tom, departments, as_) -> None:
    ids = needing_one_approval(ROUNDS, requester=ann, department=departments["legal"])
    clients = [as_(mia if number % 2 else tom) for number in range(WIDTH)]

    connection.close()  # the pool has eight, one for each thread
    with ThreadPoolExecutor(WIDTH) as pool:
        rounds = [_one_round(pool, clients, pk) for pk in ids]

    for answers in rounds:
        assert Counter(answer.status_code for answer in answers) == {200: 1, 409: WIDTH - 1}
        assert {a.json()["code"] for a in answers if a.status_code == 409} <= REFUSALS
    for request in ServiceRequest.objects.filter(pk__in=ids):
        assert request.status == "approved"
        assert [event.action for event in Event.of(request)] == ["created", "approve"]
        assert Decision.objects.filter(request=request).count() == 1


def _one_round(pool: ThreadPoolExecutor, clients: list[Any], pk: int) -> list[Any]:
    start = Barrier(WIDTH)

    def approve(client: Any) -> Any:
        start.wait()
        try:
            return client.post(f"/api/requests/{pk}/approve/")
        finally:
            connection.close()  # as the server does after each request

    return list(pool.map(approve, clients))


@pytest.mark.skipif(connection.vendor != "sqlite", reason="processes race on SQLite")
def test_on_sqlite_one_of_eight_processes_wins(tmp_path: Path) -> None:
    database = tmp_path / "race.sqlite3"
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{database}"}
    _run(environment, "manage.py", "migrate", "--run-syncdb", "--verbosity", "0")
    ids = _run(environment, "-m", "tests.races.contender", "prepare", str(ROUNDS)).split()
    racers = [_racer(environment, ("mia", "tom")[number % 2]) for number in range(WIDTH)]

    rounds = [_ask_all(racers, pk) for pk in ids]
    for racer in racers:
        racer.communicate(timeout=30)

    for outcomes in rounds:
        assert outcomes["won"] == 1
        assert set(outcomes) - {"won"} <= REFUSALS
    with sqlite3.connect(database) as rows:
        query = "SELECT count(*) FROM core_event WHERE action = 'approve'"
        assert rows.execute(query).fetchone() == (ROUNDS,)
        decisions = rows.execute("SELECT count(*) FROM requests_app_decision").fetchone()
        assert decisions == (ROUNDS,)


def _run(environment: dict[str, str], *command: str) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def _racer(environment: dict[str, str], name: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.races.contender", "race", f"{name}@flowtrack.example"]
    pipe = subprocess.PIPE
    racer = subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, text=True)
    assert racer.stdout.readline() == "ready\n"
    return racer


def _ask_all(racers: list[subprocess.Popen[str]], pk: str) -> Counter[str]:
    for racer in racers:
        racer.stdin.write(f"{pk}\n")
        racer.stdin.flush()
    return Counter(racer.stdout.readline().strip() for racer in racers)
