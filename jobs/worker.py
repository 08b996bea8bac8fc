"""The worker process: upkeep and scheduling beat in threads, the engine runs jobs in the main thread."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

import django_rq
import redis
from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker as DatabaseWorker
from rq import SimpleWorker

from core.chores import all_chores, run_due
from jobs import schedules
from jobs.dispatching import hand_over
from jobs.failing import sweep
from jobs.work import stopping

logger = logging.getLogger(__name__)

PAUSE_SECONDS = 1.0
EMBEDDED_POLL_SECONDS = 0.5


class Engine(Protocol):
    """Runs what it is handed, until it is asked to stop or (in a burst) until nothing is left."""

    def run(self, *, burst: bool) -> None: ...

    def stop(self, *signalled: Any) -> None: ...


class EmbeddedEngine:
    """Jobs through the database."""

    def __init__(self) -> None:
        self._worker = DatabaseWorker(
            queue_names=["default"],
            interval=EMBEDDED_POLL_SECONDS,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )

    def run(self, *, burst: bool) -> None:
        self._worker.batch = burst
        self._worker.run()

    def stop(self, *signalled: Any) -> None:
        self._worker.running = False


class QuietWorker(SimpleWorker):
    """Runs jobs in this process, and leaves the signals to us."""

    def _install_signal_handlers(self) -> None:
        pass


class RedisEngine:
    """Jobs through Redis."""

    def __init__(self) -> None:
        self._worker: Any = django_rq.get_worker("default", worker_class="jobs.worker.QuietWorker")
        self._is_running = False

    def run(self, *, burst: bool) -> None:
        self._is_running = True
        try:
            self._worker.work(burst=burst, logging_level="WARNING")
        finally:
            self._is_running = False

    def stop(self, *signalled: Any) -> None:
        if self._is_running:
            self._worker.request_stop(*signalled)


class Pulse(threading.Thread):
    """Something that is done every second until the process stops; trouble of the moment passes."""

    def __init__(self, name: str, beat: Callable[[], object]) -> None:
        super().__init__(name=name, daemon=True)
        self._do = beat

    def run(self) -> None:
        while not stopping.is_set():
            close_old_connections()
            try:
                self._do()
            except (DatabaseError, redis.RedisError):
                logger.warning(
                    "%s: a server does not answer; trying again", self.name, exc_info=True
                )
            except Exception:
                logger.exception("%s broke and goes on", self.name)
            stopping.wait(PAUSE_SECONDS)
        connection.close()


def engine() -> Engine:
    """The engine of this installation."""
    return RedisEngine() if settings.REDIS_URL else EmbeddedEngine()


def schedule_and_dispatch() -> int:
    """Fire what is due, take back what is lost, hand over what waits; returns how much was handed over."""
    schedules.tick()
    sweep()
    return hand_over()


def upkeep() -> int:
    """Run the chores that are due."""
    return run_due(all_chores())


def pulses() -> list[Pulse]:
    """Scheduling, upkeep, and each chore that waits for other servers in a thread of its own."""
    chores = all_chores()
    together = [each for each in chores if not each.alone]
    beats = [Pulse("scheduler", schedule_and_dispatch), Pulse("upkeep", partial(run_due, together))]
    return beats + [Pulse(each.name, partial(run_due, [each])) for each in chores if each.alone]


def work_once() -> tuple[int, int]:
    """Do all that is due now, then return how many chores ran and messages were handed over."""
    chores, messages = upkeep(), 0
    while handed := schedule_and_dispatch():
        messages += handed
        engine().run(burst=True)
    return chores, messages


def work(*, jobs: bool = True, scheduler: bool = True, started: Callable[[], object]) -> None:
    """Work until SIGTERM or SIGINT; then stop taking anything up, and put back what can be put back.

    ``started`` is called once it would be heard that it shall stop.
    """
    stopping.clear()
    running = engine() if jobs else None
    _on_signal(running)
    started()
    beating = pulses() if scheduler else []
    for pulse in beating:
        pulse.start()
    _run(running) if running else stopping.wait()
    stopping.set()
    for pulse in beating:
        pulse.join()


def _run(running: Engine) -> None:
    while not stopping.is_set():
        try:
            running.run(burst=False)
        except (DatabaseError, redis.RedisError):
            logger.warning("The queue does not answer; trying again", exc_info=True)
            stopping.wait(PAUSE_SECONDS)


def _on_signal(running: Engine | None) -> None:
    def asked(*signalled: Any) -> None:
        stopping.set()
        if running:
            running.stop(*signalled)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, asked)
