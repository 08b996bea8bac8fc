"""Where a job can stand."""

from django.db import models


class JobStatus(models.TextChoices):
    """The states of a job, in the order of its life."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    CANCELLED = "cancelled"


LIVE = (JobStatus.QUEUED, JobStatus.RUNNING)
"""Something is still to come of it."""

ENDED = (JobStatus.SUCCEEDED, JobStatus.FAILED, JobStatus.CANCELLED)
"""Nothing comes of it by itself."""
