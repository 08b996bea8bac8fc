"""What was answered to a write that may be sent again."""

from django.conf import settings
from django.db import models


class IdempotencyKey(models.Model):
    """The first answer to a caller's key, written in the same transaction as its effect."""

    caller = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    # Empty only inside the transaction that is still at work.
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(blank=True)
    headers = models.JSONField(default=dict, blank=True)
    # The row that the answer shows: whoever may not see it any more is not told again.
    subject_type = models.CharField(max_length=100, blank=True)
    subject_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            # The second of two equal requests waits here until the first one is done.
            models.UniqueConstraint(fields=["caller", "key"], name="idempotency_one_per_caller"),
        ]
        indexes = [
            # Serves the daily purge.
            models.Index(fields=["created_at"], name="idempotency_created"),
        ]

    def __str__(self) -> str:
        return f"{self.key} of {self.caller_id}"
