"""What came of each check of the ledger."""

from __future__ import annotations

from django.db import models

from core import clock


class LedgerCheck(models.Model):
    """One reading of the whole ledger; where all was well, a signed checkpoint."""

    is_append_only = True

    at = models.DateTimeField(default=clock.now)
    number = models.PositiveIntegerField(
        null=True, unique=True, help_text="Of the checkpoint; empty where something was wrong."
    )
    up_to = models.BigIntegerField(help_text="The key of the last event that was read.")
    events = models.BigIntegerField(default=0)
    subjects = models.BigIntegerField(default=0)
    root = models.CharField(
        max_length=64, blank=True, help_text="Over the last event of each subject."
    )
    line = models.TextField(blank=True, help_text="The checkpoint as it was written outside.")
    finding = models.TextField(blank=True, help_text="What was wrong; empty where nothing was.")

    def __str__(self) -> str:
        return self.finding or f"{self.events:,} events are what was written."
