"""Whoever writes does not wait for those who are told of it."""

import os
import subprocess
import sys

import pytest

ROUND = [sys.executable, "-m", "benchmarks.slow_receivers", "--writes", "10", "--rounds", "1"]


@pytest.mark.once
def test_writes_are_answered_while_webhook_and_mail_server_hold_every_call(tmp_path):
    own = {"DJANGO_SETTINGS_MODULE": "flowtrack.settings", "REDIS_URL": ""}
    own["DATABASE_URL"] = f"sqlite:///{tmp_path / 'held.sqlite3'}"

    done = subprocess.run(ROUND, env={**os.environ, **own}, capture_output=True, text=True)  # noqa: PLW1510

    assert done.returncode == 0, done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()] == ["free", "held"]
