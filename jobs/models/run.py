"""How far a job has come, and which worker holds it."""

from __future__ import annotations

from django.db import models

from jobs.querysets import RunQuerySet


class Run(models.Model):
    """The moving part of a job: what changes too often to be history.

    A worker holds a job by the number of its attempt, and for as long as the lease that it renews.
    """

    job = models.OneToOneField("jobs.Job", models.CASCADE, primary_key=True, related_name="run")
    attempt = models.PositiveIntegerField(default=0, help_text="The last one that was taken up.")
    failures = models.PositiveIntegerField(default=0, help_text="Since it was asked for.")
    worker = models.CharField(max_length=100, blank=True)
    leased_until = models.DateTimeField(null=True)
    hand_over_at = models.DateTimeField(null=True)
    handed_over = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    message = models.CharField(max_length=200, blank=True)
    kept = models.JSONField(default=dict, help_text="What one attempt leaves to the next.")

    objects = RunQuerySet.as_manager()

    class Meta:
        indexes = [
            # What has to be handed to the engine.
            models.Index(
                fields=["hand_over_at"],
                condition=models.Q(hand_over_at__isnull=False),
                name="jobs_run_due",
            ),
            # Whose worker has fallen silent.
            models.Index(
                fields=["leased_until"],
                condition=models.Q(leased_until__isnull=False),
                name="jobs_run_leased",
            ),
        ]

    def __str__(self) -> str:
        return f"Attempt {self.attempt} of JOB-{self.pk}"

    @property
    def percent(self) -> int | None:
        """How much of it is done, where that is known."""
        return min(100, 100 * self.done // self.total) if self.total else None
