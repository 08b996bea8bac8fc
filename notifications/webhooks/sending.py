"""Sends what is due: many calls at a time, each outside of any transaction.

One thread speaks with the database, claims and writes down; others speak with the receivers. So a
receiver that never answers holds a thread for some seconds, and neither a row nor a connection.
"""

from __future__ import annotations

import logging
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from functools import cache
from queue import Empty, SimpleQueue
from threading import Event as Signal
from threading import Lock

from django.db import DatabaseError

from core import clock
from core.destinations import NoAnswerError, NotAllowedError
from core.outgoing import CONNECT_SECONDS, READ_SECONDS, Answer, Client
from notifications.models import Delivery, WebhookEndpoint
from notifications.webhooks import claiming, outcomes
from notifications.webhooks.lanes import Lane, Pace, Row
from notifications.webhooks.outcomes import Outcome
from notifications.webhooks.sight import drop_unseen
from notifications.webhooks.signing import headers_of

logger = logging.getLogger(__name__)

THREADS = 16
WAITING_SECONDS = 0.5
SHORT_SECONDS = 0.1
GATHERING_SECONDS = 0.02
LONGEST_CALL = timedelta(seconds=CONNECT_SECONDS + READ_SECONDS + 1)


def send_due(stopping: Signal | None = None) -> int:
    """Send until nothing is due, or until told to stop; returns how many calls were made.

    What has begun is finished, what was claimed and not begun is left to others.
    """
    if not _is_due():
        return 0
    sender = Sender()
    try:
        while not (stopping and stopping.is_set()):
            if not sender.step():
                if not _is_due(within=claiming.A_MOMENT):
                    break
                time.sleep(SHORT_SECONDS)  # something waits for what another worker is sending
    finally:
        sender.close()
    return sender.calls


def _is_due(*, within: timedelta = timedelta(0)) -> bool:
    return WebhookEndpoint.objects.with_due(at=clock.now() + within).exists()


class Sender:
    """Claims, sends and writes down, for every webhook at the same time."""

    def __init__(self, *, threads: int = THREADS) -> None:
        self.calls = 0
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, "webhooks")
        self._lanes: dict[int, Lane] = {}
        self._done: SimpleQueue[Outcome | Row] = SimpleQueue()
        self._unwritten: list[Outcome] = []
        self._unbegun: Row = []
        self._lock = Lock()
        self._turn = 0
        self._is_closing = False

    def step(self) -> bool:
        """One round: write down what came back, claim, start; False where there was nothing to do."""
        self._settle()
        has_dropped = self._claim()
        self._start()
        is_busy = any(lane.runners or lane.waiting for lane in self._lanes.values())
        if is_busy:
            self._gather(within=WAITING_SECONDS)
        return (
            has_dropped
            or is_busy
            or bool(self._unwritten or self._unbegun or not self._done.empty())
        )

    def close(self) -> None:
        """Finish what has begun, and let others have the rest."""
        with self._lock:
            self._is_closing = True
        self._pool.shutdown(wait=True)
        for lane in self._lanes.values():
            self._unbegun += [each for row in lane.waiting for each in row]
            lane.waiting.clear()
        with suppress(DatabaseError):  # then the claims lapse
            self._settle()

    def _settle(self) -> None:
        self._gather(within=0)
        outcomes.write(self._unwritten)
        self._unwritten.clear()
        claiming.release(self._unbegun)
        self._unbegun.clear()

    def _gather(self, *, within: float) -> None:
        """Take what came back; wait a little for the first, and for those that come right after it."""
        with suppress(Empty):
            self._take(self._done.get(timeout=within) if within else self._done.get_nowait())
            if within:
                time.sleep(GATHERING_SECONDS)
            while True:
                self._take(self._done.get_nowait())

    def _take(self, done: Outcome | Row) -> None:
        if isinstance(done, Outcome):
            self.calls += 1
            self._unwritten.append(done)
        else:
            self._unbegun += done

    def _claim(self) -> bool:
        """Whether anything had to be dropped: then there may be more at once."""
        dropped = 0
        for endpoint in WebhookEndpoint.objects.with_due(at=clock.now()).order_by("pk"):
            lane = self._lanes.setdefault(endpoint.pk, Lane(endpoint))
            lane.endpoint = endpoint  # its address and secrets may be others by now
            if wanted := lane.to_claim:
                rows = claiming.claim(endpoint, most=wanted)
                lane.was_filled(sum(map(len, rows)))
                seen, unseen = drop_unseen(endpoint, rows)
                lane.waiting.extend(seen)
                dropped += unseen
        return dropped > 0

    def _start(self) -> None:
        """Whoever has least and has waited longest comes first."""
        lanes = sorted(self._lanes.values(), key=lambda lane: (lane.runners, lane.turn))
        busy: Counter[Pace] = Counter()
        for lane in lanes:
            busy[lane.pace] += lane.runners
        for lane in lanes:
            with self._lock:
                wanted = min(lane.room - lane.runners, len(lane.waiting), self._left(lane, busy))
                wanted = max(0, wanted)
                lane.runners += wanted
                busy[lane.pace] += wanted
            for _ in range(wanted):
                self._turn += 1
                lane.turn = self._turn
                self._pool.submit(self._run, lane)

    def _left(self, lane: Lane, busy: Counter[Pace]) -> int:
        """Slow ones together get half of the threads; with those not known yet, three quarters."""
        pace = lane.pace
        if pace is Pace.SWIFT:
            return self._threads
        unproven = max(1, self._threads * 3 // 4) - busy[Pace.SLOW] - busy[Pace.UNKNOWN]
        if pace is Pace.UNKNOWN:
            return unproven
        return min(unproven, max(1, self._threads // 2) - busy[Pace.SLOW])

    def _run(self, lane: Lane) -> None:
        """Send what waits for one webhook, row after row; after each, others have their turn."""
        with self._lock:
            if not lane.waiting or self._is_closing or lane.runners > lane.room:
                lane.runners -= 1
                return
            row = lane.waiting.popleft()
        self._send_row(lane, row)
        with self._lock:
            if self._is_closing or lane.pace is Pace.SLOW:
                lane.runners -= 1
            else:
                self._pool.submit(self._run, lane)

    def _send_row(self, lane: Lane, row: Row) -> None:
        """Deliveries of one item, the next one when the one before has arrived."""
        for n, delivery in enumerate(row):
            if self._is_closing or clock.now() + LONGEST_CALL > delivery.next_at:
                self._done.put(row[n:])
                return
            outcome = self._call(lane, delivery)
            if not outcome.is_delivered:
                self._done.put(replace(outcome, behind=row[n + 1 :]))
                return
            self._done.put(outcome)

    def _call(self, lane: Lane, delivery: Delivery) -> Outcome:
        began, seconds = clock.now(), time.monotonic()
        answer, problem = self._answer(lane.endpoint, delivery)
        seconds = time.monotonic() - seconds
        lane.answered(seconds)
        return Outcome(
            delivery=delivery,
            at=began + timedelta(seconds=seconds),
            duration_ms=round(seconds * 1000),
            status_code=answer.status if answer else None,
            answer=answer.body if answer else b"",
            problem=problem,
        )

    def _answer(self, endpoint: WebhookEndpoint, delivery: Delivery) -> tuple[Answer | None, str]:
        now, body = clock.now(), delivery.body
        headers = headers_of(delivery.message_id, body, seeds=endpoint.seeds(at=now), at=now)
        try:
            return _client().post(endpoint.url, body.encode(), headers), ""
        except (NotAllowedError, NoAnswerError) as failed:
            return None, str(failed)
        except Exception:
            logger.exception("A webhook was not called")
            return None, "FlowTrack could not send it."


@cache
def _client() -> Client:
    """One for the process: connections outlive a round of sending."""
    return Client(most_connections=THREADS)
