"""When a schedule fired: once for each of its moments, however many schedulers run."""

from __future__ import annotations

from django.db import models


class Tick(models.Model):
    """One moment of one schedule, and the job that came of it."""

    schedule = models.CharField(max_length=150)
    fire_at = models.DateTimeField()
    job = models.ForeignKey("jobs.Job", models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = [
            # Two schedulers never fire the same moment twice.
            models.UniqueConstraint(fields=["schedule", "fire_at"], name="jobs_one_tick"),
        ]

    def __str__(self) -> str:
        return f"{self.schedule} at {self.fire_at:%Y-%m-%d %H:%M} UTC"
