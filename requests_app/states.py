"""Where a request can stand, and how much it presses."""

from django.db import models


class RequestStatus(models.TextChoices):
    """The states of a request, in the order of its life."""

    PENDING = "pending"
    APPROVED = "approved"
    IN_PROGRESS = "in_progress", "In progress"
    COMPLETED = "completed"
    DENIED = "denied"
    CANCELLED = "cancelled"


class Priority(models.TextChoices):
    """How much it presses, from least to most."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    URGENT = "urgent"


OPEN = (RequestStatus.PENDING, RequestStatus.APPROVED, RequestStatus.IN_PROGRESS)
"""Somebody still has to do something."""
