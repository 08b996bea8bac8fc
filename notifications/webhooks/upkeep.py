"""What is done about webhooks from time to time: giving up on dead ones, forgetting old deliveries."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Max, Min

from core import clock
from core.errors import Refused
from core.lifecycle import perform
from notifications.models import Delivery, WebhookEndpoint

PATIENCE = timedelta(days=3)
STILL_FAILING = timedelta(days=1)
KEPT_FOR = timedelta(days=30)
AT_ONCE = 5_000
GIVEN_UP = "Nothing was delivered for three days."


def disable_failing() -> int:
    """Disable each webhook that did nothing but fail for three days; returns how many."""
    sending = WebhookEndpoint.objects.sending()
    return sum(_disabled(each) for each in sending.order_by("pk") if has_failed_for_long(each))


def has_failed_for_long(endpoint: WebhookEndpoint) -> bool:
    """Whether nothing arrived since something began to fail, three days ago or longer, and it still does."""
    since, now = failing_since(endpoint), clock.now()
    if since is None or since > now - PATIENCE:
        return False
    failing = endpoint.deliveries.filter(first_failed_at__gte=since, event__isnull=False)
    return failing.filter(attempted_at__gte=now - STILL_FAILING).exists()


def failing_since(endpoint: WebhookEndpoint) -> datetime | None:
    """Since when it does nothing but fail, at most since it was enabled; None where it does not.

    A test that fails is somebody's trial, one that arrives is good news.
    """
    deliveries = endpoint.deliveries.all()
    done = deliveries.filter(state=Delivery.State.DELIVERED).aggregate(at=Max("finished_at"))["at"]
    last_good = max(done, endpoint.enabled_at) if done else endpoint.enabled_at
    failing = deliveries.filter(first_failed_at__gt=last_good, event__isnull=False)
    since: datetime | None = failing.aggregate(at=Min("first_failed_at"))["at"]
    return since


def forget_old() -> int:
    """Forget deliveries of more than thirty days ago, whatever became of them; returns how many."""
    old = Delivery.objects.filter(created_at__lte=clock.now() - KEPT_FOR)
    forgotten = 0
    while keys := list(old.order_by("created_at").values_list("pk", flat=True)[:AT_ONCE]):
        forgotten += Delivery.objects.filter(pk__in=keys).delete()[0]
    return forgotten


def _disabled(endpoint: WebhookEndpoint) -> bool:
    try:
        perform(endpoint, "disable", actor=None, note=GIVEN_UP)
    except Refused:
        return False  # somebody was quicker
    return True
