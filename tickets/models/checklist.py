"""Checklists: what has to be done on site, point by point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django_fsm import transition

from core import clock
from core.actors import Actor
from core.errors import ConditionUnmet, NotPermitted
from core.fields import StatusField
from core.lifecycle import Rule
from core.models import Record
from tickets import policies
from tickets.models.work_order import WorkOrder
from tickets.querysets import ChecklistItemQuerySet

if TYPE_CHECKING:
    from accounts.models import User

MOST_POINTS = 100
"""A work order shows its whole checklist."""


class ChecklistItem(Record):
    """One point of a work order's checklist."""

    class Status(models.TextChoices):
        OPEN = "open"
        DONE = "done"

    tones: ClassVar[dict[str, str]] = {"open": "waiting", "done": "done"}

    work_order = models.ForeignKey(
        WorkOrder, models.PROTECT, related_name="checklist", db_index=False, editable=False
    )
    position = models.PositiveSmallIntegerField(default=0, help_text="Where it stands, from 0.")
    text = models.CharField(max_length=300)
    is_required = models.BooleanField(
        "required", default=True, help_text="Whether the work order can end without it."
    )
    ticked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
    )
    ticked_at = models.DateTimeField(null=True, editable=False)
    template = models.ForeignKey(
        "tickets.ChecklistTemplate",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        help_text="Where it was copied from.",
    )
    status = StatusField(Status)

    objects = ChecklistItemQuerySet.as_manager()

    creatable: ClassVar[Rule] = Rule(policies.agent)
    editable: ClassVar[Rule] = Rule(policies.agent, [policies.work_is_open])

    class Meta:
        verbose_name = "checklist item"
        indexes = [
            # The checklist of a work order, in its order.
            models.Index(fields=["work_order", "position"], name="tickets_checklist"),
        ]
        constraints = [
            # What is ticked was ticked at some time, and nothing else was.
            models.CheckConstraint(
                condition=Q(status="done", ticked_at__isnull=False)
                | Q(status="open", ticked_at=None, ticked_by=None),
                name="tickets_checklist_item_ticked",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @transition(
        status,
        Status.OPEN,
        Status.DONE,
        conditions=[policies.work_is_open],
        permission=policies.agent,
    )
    def tick(self, *, actor: User | None = None) -> None:
        """It is done."""
        self.ticked_by = actor
        self.ticked_at = clock.now()

    @transition(
        status,
        Status.DONE,
        Status.OPEN,
        conditions=[policies.work_is_open],
        permission=policies.agent,
    )
    def untick(self) -> None:
        """It is not done after all."""
        self.ticked_by = None
        self.ticked_at = None

    @classmethod
    def locked_first(
        cls, item: ChecklistItem, inputs: Mapping[str, Any]
    ) -> Iterable[models.QuerySet[Any]]:
        """The work order: it does not end while a point of it changes."""
        points = cls._base_manager.filter(pk=item.pk).values("work_order")
        return [WorkOrder._base_manager.filter(pk__in=points)]

    def before_create(self, actor: Actor | None) -> None:
        """Hold the work order, so that it does not end meanwhile."""
        held = WorkOrder._base_manager.select_for_update(of=("self",)).get(pk=self.work_order_id)
        if not held.is_open:
            raise ConditionUnmet(policies.work_is_open.sentence)
        if held.checklist.count() >= MOST_POINTS:
            raise ConditionUnmet(f"A checklist has at most {MOST_POINTS} points.")

    def before_change(self, changed: frozenset[str], actor: Actor | None) -> None:
        """What has to be done stays so for whoever is about to say that it was."""
        if "is_required" in changed and not self.is_required:
            self._refuse_loosening(actor)

    def delete(
        self, *args: Any, actor: Actor | None = None, **kwargs: Any
    ) -> tuple[int, dict[str, int]]:
        if self.is_required:
            self._refuse_loosening(actor)
        return super().delete(*args, actor=actor, **kwargs)

    def _refuse_loosening(self, actor: Actor | None) -> None:
        if actor is not None and not actor.is_admin and self.work_order.has_begun:
            raise NotPermitted("The work has begun: only an admin lets a required point go.")
