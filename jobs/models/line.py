"""What a job said while it ran."""

from __future__ import annotations

from django.db import models

from core import clock
from core.fields import ChoiceField

MOST = 1_000
LONGEST = 10_000


class Line(models.Model):
    """One line of a job's log."""

    class Level(models.TextChoices):
        INFO = "info"
        ERROR = "error"
        DETAIL = "detail"
        """What only admins read: how something broke."""

    job = models.ForeignKey("jobs.Job", models.CASCADE, related_name="lines", db_index=False)
    at = models.DateTimeField(default=clock.now)
    attempt = models.PositiveIntegerField()
    level = ChoiceField(Level, default=Level.INFO)
    text = models.TextField()

    class Meta:
        indexes = [
            # The log of one job, in the order of saying.
            models.Index(fields=["job", "id"], name="jobs_line_of_job"),
        ]

    def __str__(self) -> str:
        return self.text
