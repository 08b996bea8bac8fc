"""The questions one can ask about jobs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F
from django.db.models.functions import Now

from core.querysets import ScopedQuerySet
from jobs.states import LIVE

if TYPE_CHECKING:
    from accounts.models import User
    from jobs.models import Job, Run  # noqa: F401


class JobQuerySet(ScopedQuerySet["Job"]):
    """Background work."""

    def for_user(self, user: User) -> Self:  # type: ignore[override]
        """One's own; admins see all."""
        return self if user.is_admin else self.filter(owner=user.pk)

    def for_display(self) -> Self:
        return self.select_related("owner", "created_by", "parent", "run")

    def live(self) -> Self:
        """What something is still to come of."""
        return self.filter(status__in=LIVE)


class RunQuerySet(models.QuerySet["Run"]):
    """How far jobs have come. All times are the database's own: workers' clocks may differ."""

    def due(self) -> Self:
        """What has to be handed to the engine, the longest waiting first."""
        return self.filter(hand_over_at__lte=Now()).order_by("hand_over_at", "pk")

    def silent(self) -> Self:
        """What a worker took up and does not report on any more."""
        return self.filter(leased_until__lt=Now()).order_by("pk")

    def held(self, job: int, attempt: int) -> Self:
        """The run of this attempt, as long as it is still the worker's own."""
        return self.filter(pk=job, attempt=attempt, leased_until__isnull=False)

    def handed_over(self, *, again_in: timedelta) -> int:
        """Remember that the engine has it; it may lose it, so it gets it again later and later."""
        return self.update(hand_over_at=_after(again_in), handed_over=F("handed_over") + 1)

    def not_handed_over(self, pause: timedelta) -> int:
        """The engine did not answer, so nobody has it: it is tried again after this pause."""
        return self.update(hand_over_at=_after(pause), handed_over=F("handed_over") - 1)


def _after(pause: timedelta) -> Any:
    """So long from now, by the database's clock."""
    return models.ExpressionWrapper(Now() + pause, output_field=models.DateTimeField())
