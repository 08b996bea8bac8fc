"""When a delivery that failed is tried again, and when no more."""

from __future__ import annotations

import random
from datetime import timedelta

WAITS = [
    *(timedelta(seconds=5), timedelta(seconds=30)),
    *(timedelta(minutes=2), timedelta(minutes=10), timedelta(minutes=30)),
    *(timedelta(hours=2), timedelta(hours=6), timedelta(hours=12)),
    *(timedelta(hours=24), timedelta(hours=24)),
]
"""After the first failure, the second, and so on: almost three days in all."""

JITTER = 0.2


def wait_after(failures: int) -> timedelta | None:
    """How long to wait after so many failures; None when it is given up.

    With jitter, so that what failed together does not come back together.
    """
    if failures > len(WAITS):
        return None
    return WAITS[failures - 1] * random.uniform(1, 1 + JITTER)  # noqa: S311 - no secret
