"""What the kernel stores, and the bases that every app's models stand on."""

from core.models.attached import Attached, AttachedQuerySet
from core.models.chore_run import ChoreRun
from core.models.event import Event
from core.models.idempotency import IdempotencyKey
from core.models.ledger_check import LedgerCheck
from core.models.record import Record
from core.models.work_item import WorkItem

__all__ = [
    "Attached",
    "AttachedQuerySet",
    "ChoreRun",
    "Event",
    "IdempotencyKey",
    "LedgerCheck",
    "Record",
    "WorkItem",
]
