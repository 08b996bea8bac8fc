"""In which order tests run, and what is asked of one database only."""

import os
import shutil
import subprocess
import time

import pytest
from django.db import connection
from redis import Redis
from redis.exceptions import ConnectionError as Unreachable

# Fuzzing takes minutes. PostgreSQL refuses more of what is sent (ranges, NUL, encodings): there it is worth them.
collect_ignore = [] if connection.vendor == "postgresql" else ["test_hostile_input.py"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser comes last: a live server's database is emptied after each test, of the rows that
    migrations put there too."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)


@pytest.fixture
def redis_server(tmp_path):
    """A Redis of this test's own, on a socket in its folder; stopped afterwards."""
    binary = shutil.which("redis-server")
    if binary is None:
        absent = "No Redis: redis-server is not installed."
        if os.environ.get("CI") == "true":
            pytest.fail(absent)
        pytest.skip(absent)
    socket = tmp_path / "redis.sock"
    process = subprocess.Popen(
        [binary, "--port", "0", "--unixsocket", str(socket), "--save", "", "--dir", str(tmp_path)],
        stdout=subprocess.DEVNULL,
    )
    _wait_for(Redis(unix_socket_path=str(socket)))
    yield process, f"unix://{socket}"
    process.kill()
    process.wait()


def _wait_for(client):
    for _ in range(100):
        try:
            client.ping()
            return
        except Unreachable:
            time.sleep(0.05)
    raise AssertionError("Redis does not answer.")


@pytest.fixture
def redis_url(redis_server):
    """Where a Redis of this test's own answers."""
    return redis_server[1]
