"""A webhook: where another system hears of what happens, and its whole life."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django_fsm import transition

from accounts.policies import admin
from core import clock
from core.destinations import LONGEST_URL, Destination, NotAllowedError
from core.fields import Move, StatusField
from core.lifecycle import Rule
from core.models import Record
from notifications.models.delivery import Delivery
from notifications.webhooks import catalogue, signing
from notifications.webhooks.querysets import EndpointQuerySet

BOTH_SECRETS_FOR = timedelta(hours=24)


class WebhookEndpoint(Record):
    """An address that is told of chosen events, as far as its account sees them."""

    class Status(models.TextChoices):
        ACTIVE = "active"
        PAUSED = "paused"
        DISABLED = "disabled"

    tones: ClassVar[dict[str, str]] = {"active": "done", "paused": "held", "disabled": "refused"}
    # An address may carry a token of the receiver's; a seed is half of a secret.
    private_fields = frozenset({"url", "seed", "previous_seed"})
    creatable: ClassVar[Rule] = Rule(admin)
    editable: ClassVar[Rule] = Rule(admin)

    description = models.CharField(max_length=200, help_text="Who listens there, and what for.")
    url = models.CharField(
        "URL",
        max_length=LONGEST_URL,
        help_text="Where to send it, such as https://example.com/hook.",
    )
    event_types = models.JSONField(
        help_text="Such as `tickets.ticket.resolve`; `*` is everything that happens."
    )
    kinds = models.JSONField(
        default=list,
        blank=True,
        help_text="Only of these kinds of items, such as `tickets.ticket`.",
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="+",
        help_text="Sent is what this account sees, and as it sees it.",
    )
    seed = models.CharField(max_length=64, default=signing.new_seed, editable=False)
    previous_seed = models.CharField(max_length=64, blank=True, editable=False)
    previous_until = models.DateTimeField(null=True, editable=False)
    enabled_at = models.DateTimeField(default=clock.now, editable=False)
    status = StatusField(Status)

    objects = EndpointQuerySet.as_manager()

    class Meta:
        verbose_name = "webhook"

    def __str__(self) -> str:
        return self.description

    @transition(status, Status.ACTIVE, Status.PAUSED, permission=admin)
    def pause(self) -> None:
        """Send nothing for a while; what happens meanwhile is kept and sent afterwards."""

    @transition(status, [Status.PAUSED, Status.DISABLED], Status.ACTIVE, permission=admin)
    def enable(self) -> None:
        """Send again, beginning with what waits."""
        self.enabled_at = clock.now()

    @transition(status, Status.ACTIVE, Status.DISABLED)
    def disable(self) -> None:
        """Give up after three days of nothing but failure; what happens from now on is not kept."""

    @transition(status, [Status.ACTIVE, Status.PAUSED, Status.DISABLED], None, permission=admin)
    def rotate(self) -> None:
        """Replace the secret; for a day everything is signed with both, the new and the old one."""
        self.previous_seed, self.seed = self.seed, signing.new_seed()
        self.previous_until = clock.now() + BOTH_SECRETS_FOR

    @transition(status, Status.ACTIVE, None, permission=admin)
    def test(self) -> None:
        """Send something that means nothing, once, to see what answers."""

    @transition(status, [Status.ACTIVE, Status.PAUSED], None, permission=admin)
    def replay(self) -> None:
        """Send everything again that was given up."""

    @property
    def secret(self) -> str:
        """What the receiver checks signatures with. Shown when it is made, and never again."""
        return signing.secret_of(self.seed)

    def seeds(self, *, at: datetime) -> list[str]:
        """What is signed with at a moment: also with the secret that is being replaced."""
        is_rotating = self.previous_until is not None and at < self.previous_until
        return [self.seed, self.previous_seed] if is_rotating else [self.seed]

    def wants(self, kind: str, event_type: str) -> bool:
        """Whether it was asked to be told of this."""
        chosen = catalogue.EVERYTHING in self.event_types or event_type in self.event_types
        return chosen and (not self.kinds or kind in self.kinds)

    def summary(self) -> dict[str, Any]:
        return {"id": self.pk, "name": self.description}

    def after_save(self, moves: Sequence[Move]) -> None:
        """A test is put down, and dead letters are taken up, with the change that asks for it."""
        super().after_save(moves)
        actions = {move.action for move in moves}
        if "test" in actions:
            Delivery.test_of(self, at=self.saving_at).save()
        if "replay" in actions:
            self.deliveries.all().replay(at=self.saving_at)

    def clean(self) -> None:
        """It is called, and what it asks to be told of exists."""
        super().clean()
        wrong: dict[str, Any] = {}
        if self._state.adding or "url" in self.changed_fields():
            try:
                Destination.of(self.url)
            except NotAllowedError as refused:
                wrong["url"] = str(refused)
        types = catalogue.event_types() | {catalogue.EVERYTHING}
        if words := _unknown(self.event_types, types, "event type"):
            wrong["event_types"] = words
        elif not self.event_types:
            wrong["event_types"] = "Choose at least one, or `*`."
        if words := _unknown(self.kinds, catalogue.kinds(), "kind of item"):
            wrong["kinds"] = words
        if wrong:
            raise ValidationError(wrong)


def _unknown(chosen: Any, known: Any, what: str) -> str:
    """What is wrong with a list of names; nothing where each is known and there once."""
    if not isinstance(chosen, list) or not all(isinstance(each, str) for each in chosen):
        return "Give a list of names."
    if len(set(chosen)) < len(chosen):
        return "Name each once."
    unknown = next((each for each in chosen if each not in known), None)
    return "" if unknown is None else f"There is no {what} called {unknown[:100]}."
