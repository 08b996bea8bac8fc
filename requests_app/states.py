"""Where a request can stand."""

from django.db import models


class RequestStatus(models.TextChoices):
    """The states of a request, in the order of its life."""

    PENDING = "pending"
    APPROVED = "approved"
    IN_PROGRESS = "in_progress", "In progress"
    COMPLETED = "completed"
    DENIED = "denied"
    CANCELLED = "cancelled"


OPEN = (RequestStatus.PENDING, RequestStatus.APPROVED, RequestStatus.IN_PROGRESS)
"""Somebody still has to do something."""
