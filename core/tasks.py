"""What the kernel tidies up."""

from __future__ import annotations

from datetime import timedelta

from core.api.idempotency import purge_idempotency_keys
from core.chores import chore


@chore(every=timedelta(hours=1))
def purge() -> int:
    """Forget answers to writes that nobody repeats any more."""
    return purge_idempotency_keys()
