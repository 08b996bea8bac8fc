"""When each chore ran last: how several workers share them, and how one sees that none works."""

from __future__ import annotations

from django.db import models


class ChoreRun(models.Model):
    """The last time that any worker took up a chore."""

    name = models.CharField(max_length=100, unique=True)
    started_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
