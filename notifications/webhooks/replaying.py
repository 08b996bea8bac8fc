"""Dead letters that are sent again because somebody asks for it."""

from __future__ import annotations

from core import clock
from core.actors import Actor
from core.errors import Conflict
from core.lifecycle import perform
from notifications.models import Delivery, WebhookEndpoint


def replay(delivery: Delivery) -> Delivery:
    """Send one again, from the start and with the same id. Raises Conflict unless it was given up."""
    if not Delivery.objects.filter(pk=delivery.pk).replay(at=clock.now()):
        raise Conflict("Only what was given up is sent again.")
    delivery.refresh_from_db()
    return delivery


def replay_all(*, actor: Actor | None) -> int:
    """Send everything again that was given up, of every webhook that sends; returns how many."""
    dead = Delivery.objects.failed()
    endpoints = WebhookEndpoint.objects.exclude(status=WebhookEndpoint.Status.DISABLED)
    waiting = endpoints.filter(pk__in=dead.values("endpoint"))
    number = dead.filter(endpoint__in=waiting).count()
    for endpoint in waiting.order_by("pk"):
        perform(endpoint, "replay", actor=actor)
    return number
