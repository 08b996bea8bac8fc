"""How much something presses: one scale for everything that people ask for or report."""

from django.db.models import Case, TextChoices, Value, When


class Priority(TextChoices):
    """How much it presses, from least to most."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    URGENT = "urgent"


PRIORITY_RANK = Case(
    *(When(priority=priority, then=Value(rank)) for rank, priority in enumerate(Priority)),
    default=Value(-1),
)
"""Low to urgent, as a number to sort rows by."""
