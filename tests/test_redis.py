"""With a real Redis: processes share one budget, and without it nobody gets in uncounted."""

import os
import shutil
import subprocess
import sys
import time

import pytest
from redis import Redis
from redis.exceptions import ConnectionError as Unreachable

from conftest import PASSWORD

pytestmark = pytest.mark.once

SPEND = """
import django; django.setup()
from core.api.throttles import Budget
from core.errors import TooManyRequests
budget, passed = Budget("race", "10/h"), 0
for _ in range(10):
    try:
        budget.spend("ann")
        passed += 1
    except TooManyRequests:
        pass
print(passed)
"""


@pytest.fixture
def server(tmp_path):
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


def test_four_processes_share_one_budget(server):
    _, address = server
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "flowtrack.settings",
        "REDIS_URL": address,
    }
    racers = [
        subprocess.Popen(
            [sys.executable, "-c", SPEND],
            env=environment,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(4)
    ]

    passed = [int(racer.communicate(timeout=60)[0]) for racer in racers]
    assert sum(passed) == 10


def test_without_redis_nobody_signs_in_uncounted(server, ann, client, settings):
    process, address = server
    backend = "django.core.cache.backends.redis.RedisCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": address}}
    body = {"email": ann.email, "password": PASSWORD}
    signed_in = client.post("/api/auth/login/", body, content_type="application/json")
    assert signed_in.status_code == 200

    process.kill()
    process.wait()

    refused = client.post("/api/auth/login/", body, content_type="application/json")
    assert refused.status_code == 503
    assert refused["Retry-After"]
