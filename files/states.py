"""Where a file can stand."""

from __future__ import annotations

from django.db import models


class FileStatus(models.TextChoices):
    """From its arrival to its end."""

    RECEIVED = "received"
    SCANNING = "scanning"
    AVAILABLE = "available"
    QUARANTINED = "quarantined"
    DELETED = "deleted"


UNEXAMINED = (FileStatus.RECEIVED, FileStatus.SCANNING)
"""What nobody has yet found harmless."""
