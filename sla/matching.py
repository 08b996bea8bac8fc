"""What decides which promise is given to an item."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models


class PolicyKind(models.TextChoices):
    """To which items a policy can apply."""

    REQUEST = "request"
    TICKET = "ticket"


@dataclass(frozen=True)
class ServiceFacts:
    """What the conditions of policies are compared with."""

    priority: str
    request_type: int | None = None
    category: int | None = None
    department: int | None = None
