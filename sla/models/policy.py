"""What is promised for what, and what it said when."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from core.actors import Actor
from core.errors import InvalidInput
from core.fields import ChoiceField
from core.lifecycle import Rule
from core.priority import Priority
from sla.matching import PolicyKind
from sla.models.calendar import Calendar
from sla.models.under import under_service_levels
from sla.models.versioned import Version, Versioned
from sla.policies import admin
from sla.querysets import PolicyQuerySet, PolicyVersionQuerySet
from sla.rulebook import Edition

LONGEST_TARGET_MINUTES = 365 * 24 * 60
TARGET = [MinValueValidator(1), MaxValueValidator(LONGEST_TARGET_MINUTES)]


class Policy(Versioned):
    """How soon such an item is answered and resolved; of those that fit, the first one wins."""

    Kind = PolicyKind
    version_says = ("calendar", "response_minutes", "resolution_minutes", "waits_in")

    name = models.CharField(max_length=100, unique=True)
    position = models.PositiveSmallIntegerField(
        default=100, help_text="The first one that fits wins, from 0."
    )
    is_active = models.BooleanField(
        "active", default=True, help_text="Whether new items can come under it."
    )
    applies_to = ChoiceField(PolicyKind)
    request_type = models.ForeignKey(
        "requests_app.RequestType",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Only requests of this type; empty is any.",
    )
    category = models.ForeignKey(
        "requests_app.Category",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Only items of this category; empty is any.",
    )
    priority = ChoiceField(
        Priority, blank=True, default="", help_text="Only items that press so much; empty is any."
    )
    department = models.ForeignKey(
        "accounts.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Only items of this department; empty is any.",
    )
    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="policies")
    response_minutes = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=TARGET,
        help_text="Working time until the first response; empty promises none.",
    )
    resolution_minutes = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=TARGET,
        help_text="Working time until it is resolved; empty promises none.",
    )
    waits_in = models.JSONField(
        null=True,
        blank=True,
        help_text="Statuses in which the clock pauses; empty is what the item says itself.",
    )

    objects = PolicyQuerySet.as_manager()

    creatable: ClassVar[Rule] = Rule(admin)
    editable: ClassVar[Rule] = Rule(admin)

    class Meta:
        verbose_name_plural = "policies"
        constraints = [
            # The clock relies on these: every policy promises something, within a year.
            models.CheckConstraint(
                condition=Q(response_minutes__isnull=False) | Q(resolution_minutes__isnull=False),
                name="sla_policy_promises_something",
                violation_error_message="Promise a first response, a resolution, or both.",
            ),
            models.CheckConstraint(
                condition=Q(response_minutes=None)
                | Q(response_minutes__range=(1, LONGEST_TARGET_MINUTES)),
                name="sla_policy_response",
            ),
            models.CheckConstraint(
                condition=Q(resolution_minutes=None)
                | Q(resolution_minutes__range=(1, LONGEST_TARGET_MINUTES)),
                name="sla_policy_resolution",
            ),
            models.CheckConstraint(
                condition=Q(request_type=None) | Q(applies_to="request"),
                name="sla_policy_type_of_requests",
                violation_error_message="Only requests have a request type.",
            ),
        ]
        indexes = [
            # The policies among which the winner is, in their order.
            models.Index(
                fields=["applies_to", "position", "id"],
                name="sla_policy_order",
                condition=Q(is_active=True),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def before_change(self, changed: frozenset[str], actor: Actor | None) -> None:
        """Items that are under it stay what they are."""
        if "applies_to" in changed:
            raise InvalidInput.of("applies_to", "This is settled when the policy is made.")

    def clean(self) -> None:
        """It promises something, and waits only where such an item can wait."""
        wrong: dict[str, Any] = {}
        if self.response_minutes is None and self.resolution_minutes is None:
            wrong["resolution_minutes"] = "Promise a first response, a resolution, or both."
        if self.request_type_id is not None and self.applies_to != PolicyKind.REQUEST:
            wrong["request_type"] = "Only requests have a request type."
        if reason := self._waits_nowhere():
            wrong["waits_in"] = reason
        if wrong:
            raise ValidationError(wrong)

    def concerned_policies(self) -> Collection[int]:
        return [self.pk]

    def imagined(self, current: Iterable[Edition], at: datetime) -> Iterable[Edition]:
        """The same policy with other promises."""
        return [
            replace(
                each,
                number=each.number + 1,
                valid_from=at,
                response_minutes=self.response_minutes,
                resolution_minutes=self.resolution_minutes,
                waits_in=self.waits_in,
                calendar=self.calendar_id,
                **self.calendar.as_stored(),
            )
            for each in current
            if each.policy == self.pk
        ]

    def _waits_nowhere(self) -> str:
        """Why the clock cannot pause where this says; empty if it can."""
        model = under_service_levels().get(self.applies_to)  # type: ignore[call-overload]
        if self.waits_in is None or model is None:
            return ""
        given = self.waits_in
        if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
            return "Give a list of statuses."
        if set(given) <= set(model.open_in()):
            return ""
        return f"Such an item can wait in: {', '.join(model.open_in())}."


class PolicyVersion(Version):
    """What a policy promised from one moment on."""

    policy = models.ForeignKey(Policy, models.PROTECT, related_name="versions", db_index=False)
    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="+")
    response_minutes = models.PositiveIntegerField(null=True)
    resolution_minutes = models.PositiveIntegerField(null=True)
    waits_in = models.JSONField(null=True)

    objects = PolicyVersionQuerySet.as_manager()

    class Meta:
        constraints = [
            # Numbers them; also finds the newest of a policy.
            models.UniqueConstraint(fields=["policy", "number"], name="sla_policy_version_number"),
        ]

    def __str__(self) -> str:
        return f"{self.policy}, version {self.number}"
