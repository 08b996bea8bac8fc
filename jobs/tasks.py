"""What the queue tidies up for itself."""

from __future__ import annotations

from datetime import timedelta

from django_tasks_db.models import DBTaskResult

from core import clock
from core.chores import chore
from jobs.models import Tick

KEPT_FOR = timedelta(days=30)
CARRIED_FOR = timedelta(hours=1)


@chore(every=timedelta(minutes=10))
def forget_messages() -> int:
    """Messages that the embedded engine has delivered; the jobs themselves stay."""
    long_ago = clock.now() - CARRIED_FOR
    delivered, _ = DBTaskResult.objects.finished().filter(finished_at__lt=long_ago).delete()
    return delivered


@chore(every=timedelta(hours=1))
def forget_ticks() -> int:
    """Moments long past; the last one of each schedule says where it goes on."""
    old = Tick.objects.filter(fire_at__lt=clock.now() - KEPT_FOR)
    latest = Tick.objects.order_by("schedule", "-fire_at")
    kept = {each.schedule: each.pk for each in reversed(latest)}
    forgotten, _ = old.exclude(pk__in=kept.values()).delete()
    return forgotten
