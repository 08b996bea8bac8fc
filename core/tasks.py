"""What the kernel tidies up."""

from datetime import timedelta

from core.api.idempotency import purge_idempotency_keys
from core.chores import chore

chore(every=timedelta(hours=1))(purge_idempotency_keys)
