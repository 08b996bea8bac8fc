"""Decisions: who said what about a request, and when."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from django.conf import settings
from django.db import models

from core import clock
from core.db.json import moment_of
from core.fields import ChoiceField


class Decision(models.Model):
    """One person's word on one request, given once and never taken back."""

    is_append_only = True

    class Outcome(models.TextChoices):
        APPROVE = "approve"
        DENY = "deny"

    request = models.ForeignKey(
        "requests_app.ServiceRequest", models.PROTECT, related_name="decisions", db_index=False
    )
    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="decisions")
    outcome = ChoiceField(Outcome)
    note = models.TextField(blank=True)
    decided_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [
            # One person decides once, whatever races; also finds the decisions on a request.
            models.UniqueConstraint(
                fields=["request", "person"], name="requests_app_decision_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.request_id}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("A decision is never rewritten.")
        super().save(*args, **kwargs)


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """A decision as it is shown."""

    person_id: int
    person_name: str
    outcome: str
    note: str
    at: datetime

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Self:
        """What `for_display()` loads."""
        return cls(**{**row, "at": moment_of(row["at"])})

    @classmethod
    def of(cls, decision: Decision) -> Self:
        return cls(
            person_id=decision.person_id,
            person_name=decision.person.name,
            outcome=decision.outcome,
            note=decision.note,
            at=decision.decided_at,
        )
