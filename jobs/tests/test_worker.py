"""The worker process itself."""

import os
import signal
import subprocess
import sys

import pytest
from django.db import OperationalError

from jobs import worker
from jobs.work import stopping


@pytest.mark.once
def test_a_real_worker_stops_when_told(migrated, settings):
    environment = {**os.environ, "DATABASE_URL": f"sqlite:///{migrated}"}
    work = [sys.executable, "manage.py", "work"]
    worker = subprocess.Popen(
        work, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.PIPE, text=True
    )
    assert worker.stdout.readline().startswith("Working")

    worker.send_signal(signal.SIGTERM)
    assert worker.communicate(timeout=20)[0] == "Stopped.\n"
    assert worker.returncode == 0


def test_a_busy_database_does_not_end_what_beats(caplog):
    beats = []

    def busy():
        beats.append(1)
        if len(beats) == 2:
            stopping.set()
        raise OperationalError("database is locked")

    pulse = worker.Pulse("upkeep", busy)
    pulse.start()
    pulse.join(timeout=20)

    assert len(beats) == 2
    assert "does not answer" in caplog.text
