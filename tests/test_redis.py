"""With a real Redis: processes share one budget, and without it nobody gets in uncounted."""

import os
import subprocess
import sys

import pytest

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


def test_four_processes_share_one_budget(redis_server):
    _, address = redis_server
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


def test_without_redis_nobody_signs_in_uncounted(redis_server, ann, client, settings):
    process, address = redis_server
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
