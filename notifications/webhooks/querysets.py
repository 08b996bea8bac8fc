"""The questions one can ask about webhooks and what is delivered to them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, OuterRef

from core.actors import Actor
from core.querysets import ScopedQuerySet

if TYPE_CHECKING:
    from notifications.models import Delivery, WebhookEndpoint  # noqa: F401

ACTIVE, DISABLED = "active", "disabled"
PENDING, DELIVERED, FAILED = "pending", "delivered", "failed"


class EndpointQuerySet(ScopedQuerySet["WebhookEndpoint"]):
    """Where other systems hear of what happens."""

    def for_user(self, user: Actor) -> Self:
        """The admins' business: for everybody else there are none."""
        return self if user.is_admin else self.none()

    def for_display(self) -> Self:
        return self.select_related("account")

    def listening(self) -> Self:
        """For whom deliveries are put down, to be sent now or after a pause."""
        return self.exclude(status=DISABLED).filter(account__status=ACTIVE)

    def sending(self) -> Self:
        """To whom deliveries are sent now."""
        return self.filter(status=ACTIVE, account__status=ACTIVE)

    def with_due(self, *, at: datetime) -> Self:
        """Those for which something waits to be sent."""
        deliveries: Any = self.model._meta.get_field("deliveries").related_model
        due = deliveries.objects.due(at=at).filter(endpoint=OuterRef("pk"))
        return self.sending().filter(Exists(due))


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries: bookkeeping of what is sent, not records."""

    def for_user(self, user: Actor) -> Self:
        """The admins' business, like the webhooks."""
        return self if user.is_admin else self.none()

    def for_display(self) -> Self:
        return self

    def pending(self) -> Self:
        """What is still to be sent, now or again later."""
        return self.filter(state=PENDING)

    def due(self, *, at: datetime) -> Self:
        """What may be sent by now, unless something earlier of the same item comes first."""
        return self.pending().filter(next_at__lte=at)

    def failed(self) -> Self:
        """Dead letters: not tried any more by themselves."""
        return self.filter(state=FAILED)

    def replay(self, *, at: datetime) -> int:
        """Send dead letters again from the start, with the same ids; returns how many."""
        return self.failed().update(
            state=PENDING, attempts=0, next_at=at, claim="", first_failed_at=None, finished_at=None
        )
