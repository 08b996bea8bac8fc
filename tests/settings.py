"""FlowTrack as the tests run it: the product's settings, with a known environment and a test-only app."""

import atexit
import os
import shutil
import tempfile

os.environ.update(
    SECRET_KEY="known-to-everybody-" * 4,
    JWT_SIGNING_KEYS=f"test:{'signs-tests-only-' * 3}",
    DEBUG="1",
    LOG_LEVEL="WARNING",
    EMAIL_URL="memorymail://",
)
# Only who asks for it talks to a Redis.
os.environ["REDIS_URL"] = os.environ.get("TEST_REDIS_URL", "")
os.environ["FILES_ROOT"] = tempfile.mkdtemp(prefix="flowtrack-files-")
# Playwright keeps an event loop in the thread of the tests; our code never runs inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")

from flowtrack.settings import *  # noqa: F403
from flowtrack.settings import INSTALLED_APPS, PASSWORD_HASHERS

INSTALLED_APPS = [*INSTALLED_APPS, "tests.bells", "tests.lamps"]
ROOT_URLCONF = "tests.urls"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *PASSWORD_HASHERS]
atexit.register(shutil.rmtree, os.environ["FILES_ROOT"], ignore_errors=True)
