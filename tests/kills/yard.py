"""Worker processes on a database of their own, and somebody who kills them."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
Worker = subprocess.Popen[bytes]


@dataclass
class Yard:
    """``crew`` are the arguments of `manage.py work` of each process that is kept running."""

    database: str
    redis: str
    crew: list[list[str]]
    workers: list[Worker] = field(default_factory=list)

    @property
    def environment(self) -> Mapping[str, str]:
        settings = {"DJANGO_SETTINGS_MODULE": "tests.settings", "JOB_LEASE_SECONDS": "3"}
        where = {"DATABASE_URL": self.database, "TEST_REDIS_URL": self.redis}
        return {**os.environ, **settings, **where, "LOG_LEVEL": "CRITICAL"}

    def order(self, *words: str) -> Any:
        """Have something done in a process of its own, and read its answer."""
        command = [sys.executable, "-m", "tests.kills.scene", *words]
        done = subprocess.run(
            command, cwd=ROOT, env=self.environment, check=True, capture_output=True
        )
        return json.loads(done.stdout)

    def start(self) -> None:
        self.workers = [self._worker(options) for options in self.crew]

    def kill_one(self) -> None:
        """The whole process group at once, without a word; another one takes its place."""
        unlucky = random.randrange(len(self.crew))  # noqa: S311
        self._kill(self.workers[unlucky])
        self.workers[unlucky] = self._worker(self.crew[unlucky])

    def stop(self) -> None:
        for worker in self.workers:
            self._kill(worker)

    def _worker(self, options: list[str]) -> Worker:
        return subprocess.Popen(
            [sys.executable, "manage.py", "work", *options],
            cwd=ROOT,
            env=self.environment,
            stdout=subprocess.DEVNULL,
            start_new_session=True,
        )

    def _kill(self, worker: Worker) -> None:
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()
