"""Workers are killed every second; whatever each job was to do is done exactly once.

`KILL_JOBS=1000 pytest tests/kills` takes its time.
"""

from __future__ import annotations

import os
import time
from uuid import uuid4

import environ
import psycopg
import pytest
from django.db import connection
from psycopg.conninfo import make_conninfo

from tests.kills.yard import Yard

JOBS = int(os.environ.get("KILL_JOBS", "16"))
KILLS = int(os.environ.get("KILLS", str(max(3, JOBS // 8))))
STUCK_AFTER_SECONDS = 60
CREW = [[], ["--only", "jobs"]]

pytestmark = pytest.mark.timeout(300 + JOBS + 4 * KILLS)


@pytest.fixture
def database(request):
    """The address of an empty database, of the kind that is tested."""
    if connection.vendor == "sqlite":
        return f"sqlite:///{request.getfixturevalue('migrated')}"
    server = os.environ["DATABASE_URL"]
    name = f"kills_{uuid4().hex[:12]}"
    with psycopg.connect(make_conninfo(**place_of(server)), autocommit=True) as postgresql:
        postgresql.execute(f"CREATE DATABASE {name}")
    return f"{server.rpartition('/')[0]}/{name}"


def place_of(server):
    """How psycopg is told where the server of a DATABASE_URL is."""
    known = environ.Env.db_url_config(server)
    given = {"host": known["HOST"], "port": known["PORT"], "dbname": known["NAME"]}
    return {**given, "user": known["USER"], "password": known["PASSWORD"]}


@pytest.fixture
def yard(database):
    """Two workers on it, one of which also schedules."""
    here = Yard(database, redis="", crew=CREW)
    yield here
    here.stop()


def killed_again_and_again(yard):
    """What became of the jobs."""
    yard.order("prepare", str(JOBS))
    yard.start()
    for _ in range(KILLS):
        time.sleep(1)
        yard.kill_one()
    return yard.order("wait", str(STUCK_AFTER_SECONDS + JOBS))


def test_what_a_job_does_happens_once_however_often_workers_die(yard):
    told = killed_again_and_again(yard)

    assert told["statuses"] == {"succeeded": JOBS}
    assert told["not_once"] == []


@pytest.mark.once
def test_the_same_holds_through_redis(yard, redis_url):
    yard.redis = redis_url

    told = killed_again_and_again(yard)

    assert told["statuses"] == {"succeeded": JOBS}
    assert told["not_once"] == []
