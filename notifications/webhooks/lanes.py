"""How much each webhook gets of one sender, so that a slow one holds nobody else up."""

from __future__ import annotations

from collections import deque
from enum import Enum

from notifications.models import Delivery, WebhookEndpoint

MOST_AT_ONCE = 8
"""Calls to one webhook at a time, once it has shown that it answers swiftly."""

SWIFT_SECONDS = 1.0
LEAST_CLAIMED, MOST_CLAIMED = 4, 256

Row = list[Delivery]


class Pace(Enum):
    """How swiftly a webhook answers, as far as one knows."""

    UNKNOWN = 0
    SLOW = 1
    SWIFT = 2


class Lane:
    """What is claimed for one webhook, and how swiftly it answers. It begins with one call at a time."""

    def __init__(self, endpoint: WebhookEndpoint) -> None:
        self.endpoint = endpoint
        self.waiting: deque[Row] = deque()
        self.runners = 0
        self.turn = 0
        self.pace = Pace.UNKNOWN
        self._appetite = LEAST_CLAIMED

    @property
    def room(self) -> int:
        """How many calls it may be sent at the same time."""
        return MOST_AT_ONCE if self.pace is Pace.SWIFT else 1

    @property
    def to_claim(self) -> int:
        """How many deliveries to claim now: none as long as enough wait for their turn."""
        return self._appetite if len(self.waiting) * 2 < self._appetite else 0

    def answered(self, seconds: float) -> None:
        """Learn from a call how much it takes in while a claim lasts."""
        self.pace = Pace.SWIFT if seconds < SWIFT_SECONDS else Pace.SLOW
        if self.pace is Pace.SLOW:
            self._appetite = LEAST_CLAIMED

    def was_filled(self, claimed: int) -> None:
        """Ask for more the next time where it took all of it."""
        if self.pace is Pace.SWIFT and claimed >= self._appetite:
            self._appetite = min(self._appetite * 2, MOST_CLAIMED)
