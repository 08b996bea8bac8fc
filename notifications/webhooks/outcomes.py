"""What became of sending, written down where the claim still holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from notifications.models import Delivery
from notifications.models.delivery import ANSWER_LENGTH
from notifications.webhooks.retrying import wait_after

WRITTEN = """
    UPDATE notifications_delivery
    SET state = %s, attempts = %s, status_code = %s, duration_ms = %s, answer = %s, problem = %s,
        attempted_at = %s, first_failed_at = %s, finished_at = %s, next_at = %s, claim = ''
    WHERE id = %s AND claim = %s
"""
HELD = "UPDATE notifications_delivery SET next_at = %s, claim = '' WHERE id = %s AND claim = %s"
"""Each with values of its own, many in one go; whoever lost the claim meanwhile writes nothing."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What answered to one attempt, or why nothing did."""

    delivery: Delivery
    at: datetime
    duration_ms: int
    status_code: int | None = None
    answer: bytes = b""
    problem: str = ""
    behind: Sequence[Delivery] = ()
    """What was claimed with it, and waits for it where it failed."""

    @property
    def is_delivered(self) -> bool:
        """Whether the receiver took it: it said so by any status of the 200s."""
        return self.status_code is not None and 200 <= self.status_code < 300

    @property
    def text(self) -> str:
        """The start of the answer, as a database can keep it."""
        start = self.answer[:ANSWER_LENGTH].decode(errors="replace")
        return start.replace("\0", "\N{REPLACEMENT CHARACTER}")


def write(outcomes: Sequence[Outcome]) -> None:
    """Put them down in one transaction."""
    if not outcomes:
        return
    ends = [(outcome, *_end_of(outcome)) for outcome in outcomes]
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.executemany(WRITTEN, [_values(*end) for end in ends])
        if held := [
            (_moment(next_at), each.pk, each.claim)
            for outcome, _, next_at in ends
            for each in outcome.behind
        ]:
            cursor.executemany(HELD, held)


def _end_of(outcome: Outcome) -> tuple[Delivery.State, datetime]:
    """Where the delivery stands after it, and when it, or what is behind it, is due."""
    if outcome.is_delivered:
        return Delivery.State.DELIVERED, outcome.at
    delivery = outcome.delivery
    wait = None if delivery.is_test else wait_after(delivery.attempts + 1)
    if wait is None:
        return Delivery.State.FAILED, outcome.at
    return Delivery.State.PENDING, outcome.at + wait


def _values(outcome: Outcome, state: Delivery.State, next_at: datetime) -> tuple[Any, ...]:
    delivery, first_failed_at = outcome.delivery, outcome.delivery.first_failed_at
    if not outcome.is_delivered:
        first_failed_at = first_failed_at or outcome.at
    is_finished = state != Delivery.State.PENDING
    return (
        state.value,
        delivery.attempts + 1,
        outcome.status_code,
        outcome.duration_ms,
        outcome.text,
        outcome.problem,
        _moment(outcome.at),
        _moment(first_failed_at),
        _moment(outcome.at if is_finished else None),
        _moment(next_at),
        delivery.pk,
        delivery.claim,
    )


def _moment(moment: datetime | None) -> Any:
    return connection.ops.adapt_datetimefield_value(moment)
