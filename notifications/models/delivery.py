"""One event on its way to one webhook."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self
from uuid import uuid4

import orjson
from django.db import models
from django.db.models import Q

from core import clock
from core.fields import ChoiceField
from core.models import Event
from notifications.webhooks import catalogue
from notifications.webhooks.querysets import DELIVERED, FAILED, PENDING, DeliveryQuerySet

if TYPE_CHECKING:
    from notifications.models.endpoint import WebhookEndpoint

STILL_TO_SEND, GIVEN_UP, DONE = Q(state=PENDING), Q(state=FAILED), Q(state=DELIVERED)
ANSWER_LENGTH = 1024


def new_message_id() -> str:
    """By which the receiver knows a message again that comes twice."""
    return f"msg_{uuid4().hex}"


class Delivery(models.Model):
    """What is sent, as it was when it happened, and what became of sending it.

    Deliveries of one item to one webhook go out in the order of their ids.
    """

    class State(models.TextChoices):
        PENDING = PENDING
        DELIVERED = DELIVERED
        FAILED = FAILED

    endpoint = models.ForeignKey(
        "notifications.WebhookEndpoint",
        models.CASCADE,
        related_name="deliveries",
        db_index=False,
    )
    event = models.ForeignKey(
        Event,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        help_text="Empty for a test.",
    )
    message_id = models.CharField(max_length=40, default=new_message_id, unique=True)
    event_type = models.CharField(max_length=140)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=40)
    body = models.TextField()
    state = ChoiceField(State, default=State.PENDING)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(
        default=clock.now, help_text="When it is due; while it is claimed, when the claim lapses."
    )
    claim = models.CharField(max_length=32, blank=True)
    status_code = models.PositiveSmallIntegerField(null=True)
    duration_ms = models.PositiveIntegerField(null=True)
    answer = models.TextField(blank=True)
    problem = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=clock.now)
    attempted_at = models.DateTimeField(null=True)
    first_failed_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            # Told once, however often it is tried.
            models.UniqueConstraint(
                fields=["endpoint", "event"], name="notifications_delivered_once"
            ),
        ]
        indexes = [
            # What has to be sent next.
            models.Index(
                fields=["endpoint", "next_at", "id"],
                name="notifications_deliveries_due",
                condition=STILL_TO_SEND,
            ),
            # What comes first of an item.
            models.Index(
                fields=["endpoint", "subject_type", "subject_id", "id"],
                name="notifications_delivery_order",
                condition=STILL_TO_SEND,
            ),
            # Newest first, all of them or those that were given up.
            models.Index(fields=["endpoint", "-id"], name="notifications_deliveries"),
            models.Index(
                fields=["endpoint", "-id"],
                name="notifications_deliveries_dead",
                condition=GIVEN_UP,
            ),
            # When it last went well, and since when it has not.
            models.Index(
                fields=["endpoint", "finished_at"],
                name="notifications_delivered_last",
                condition=DONE,
            ),
            models.Index(
                fields=["endpoint", "first_failed_at"],
                name="notifications_failing_since",
                condition=Q(first_failed_at__isnull=False),
            ),
            # What is old enough to be forgotten.
            models.Index(fields=["created_at"], name="notifications_delivery_age"),
        ]

    def __str__(self) -> str:
        return self.message_id

    @property
    def is_test(self) -> bool:
        """Sent once, whatever answers."""
        return self.event_id is None

    @classmethod
    def test_of(cls, endpoint: WebhookEndpoint, *, at: datetime) -> Self:
        """Something to try an endpoint with. It waits for nothing, as it is about nothing."""
        message_id = new_message_id()
        body: dict[str, Any] = {
            "type": catalogue.TEST,
            "timestamp": clock.timestamp(at),
            "data": {"webhook": endpoint.summary()},
        }
        return cls(
            endpoint=endpoint,
            message_id=message_id,
            event_type=catalogue.TEST,
            subject_id=message_id,
            body=orjson.dumps(body).decode(),
            next_at=at,
            created_at=at,
        )
