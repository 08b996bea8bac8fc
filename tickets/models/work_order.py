"""The work order and its whole life."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator
from django.db import models
from django.db.models import F, Q
from django_fsm import transition

from core import clock
from core.actors import Actor
from core.errors import ConditionUnmet, FieldError, InvalidInput
from core.fields import StatusField
from core.lifecycle import Rule
from core.models import WorkItem
from tickets import policies
from tickets.models.indexes import WORK_ORDER_INDEXES
from tickets.models.rows import ChecklistRow
from tickets.models.ticket import Ticket
from tickets.querysets import WorkOrderQuerySet
from tickets.states import BEGUN_WORK, ENDED_WORK, WorkOrderStatus

if TYPE_CHECKING:
    from accounts.models import User

TEXT = [MaxLengthValidator(10_000)]
WORKERS = {"role__in": ["agent", "admin"], "status": "active"}
MOST_MINUTES = 60 * 24 * 90


class WorkOrder(WorkItem):
    """Someone goes somewhere and does it: for a ticket, for a request, or on its own."""

    Status = WorkOrderStatus
    SETTLED = frozenset({"ticket_id", "request_id"})

    reference_prefix = "WO"
    concerned = ("created_by_id", "assignee_id")
    comments_start_internal = True
    fields_for_agents = frozenset({"checklist_template"})
    tones: ClassVar[dict[str, str]] = {
        "draft": "neutral",
        "scheduled": "waiting",
        "dispatched": "approved",
        "in_progress": "progress",
        "on_hold": "held",
        "completed": "done",
        "cancelled": "cancelled",
    }

    title = models.CharField(max_length=200)
    description = models.TextField(blank=True, validators=TEXT)
    ticket = models.ForeignKey(
        Ticket, models.PROTECT, null=True, blank=True, related_name="work_orders", db_index=False
    )
    request = models.ForeignKey(
        "requests_app.ServiceRequest",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="work_orders",
        db_index=False,
    )
    checklist_template = models.ForeignKey(
        "tickets.ChecklistTemplate",
        models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to={"is_active": True},
        related_name="+",
        help_text="Its points are copied into the checklist when it is chosen.",
    )
    site = models.CharField(max_length=200, blank=True, help_text="Where.")
    scheduled_start = models.DateTimeField(null=True, blank=True)
    scheduled_end = models.DateTimeField(null=True, blank=True)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to=WORKERS,
        related_name="work_orders",
        db_index=False,
        help_text="Who goes there.",
    )
    reason = models.TextField(blank=True, validators=TEXT, help_text="Why it waits or ended.")
    completion_notes = models.TextField(blank=True, validators=TEXT, help_text="What was done.")
    minutes_spent = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MaxValueValidator(MOST_MINUTES)],
        help_text="How long it took, in minutes.",
    )
    started_at = models.DateTimeField(null=True, editable=False)
    completed_at = models.DateTimeField(null=True, editable=False)
    status = StatusField(Status)

    objects = WorkOrderQuerySet.as_manager()

    creatable: ClassVar[Rule] = Rule(policies.agent)
    editable: ClassVar[Rule] = Rule(policies.agent, [policies.still_open])

    class Meta:
        verbose_name = "work order"
        indexes = WORK_ORDER_INDEXES
        constraints = [
            # It belongs to one thing at most.
            models.CheckConstraint(
                condition=Q(ticket=None) | Q(request=None), name="tickets_work_order_one_parent"
            ),
            # Windows are whole and run forwards: what "not booked twice" rests on.
            models.CheckConstraint(
                condition=Q(scheduled_start=None, scheduled_end=None)
                | Q(
                    scheduled_start__isnull=False,
                    scheduled_end__isnull=False,
                    scheduled_end__gt=F("scheduled_start"),
                ),
                name="tickets_work_order_window",
            ),
        ]

    @transition(status, Status.DRAFT, Status.SCHEDULED, permission=policies.agent)
    def schedule(
        self, *, scheduled_start: datetime, scheduled_end: datetime, site: str = ""
    ) -> None:
        """Say when, and where."""
        self._plan(scheduled_start, scheduled_end, site)

    @transition(
        status,
        [Status.SCHEDULED, Status.DISPATCHED, Status.ON_HOLD],
        permission=policies.agent,
    )
    def reschedule(
        self, *, scheduled_start: datetime, scheduled_end: datetime, site: str = ""
    ) -> None:
        """Choose another time."""
        self._plan(scheduled_start, scheduled_end, site)
        self._refuse_double_booking()

    @transition(
        status, [Status.DRAFT, Status.SCHEDULED], Status.DISPATCHED, permission=policies.agent
    )
    def dispatch(self, *, assignee: User) -> None:
        """Send somebody; nobody is sent to two places at once."""
        self.assignee = assignee
        self._refuse_double_booking()

    @transition(status, Status.DISPATCHED, Status.IN_PROGRESS, permission=policies.assignee)
    def start(self) -> None:
        """Begin the work."""
        self.started_at = clock.now()

    @transition(status, Status.IN_PROGRESS, Status.ON_HOLD, permission=policies.assignee)
    def hold(self, *, reason: str) -> None:
        """Say what it waits for."""
        self.reason = reason

    @transition(status, Status.ON_HOLD, Status.IN_PROGRESS, permission=policies.assignee)
    def resume(self) -> None:
        """Go on."""

    @transition(
        status,
        Status.IN_PROGRESS,
        Status.COMPLETED,
        conditions=[policies.required_items_ticked],
        permission=policies.assignee,
    )
    def complete(self, *, completion_notes: str, minutes_spent: int | None = None) -> None:
        """Say what was done, and how long it took."""
        self.completion_notes = completion_notes
        self.minutes_spent = minutes_spent
        self.completed_at = clock.now()

    @transition(
        status,
        [Status.DRAFT, Status.SCHEDULED, Status.DISPATCHED, Status.ON_HOLD],
        Status.CANCELLED,
        permission=policies.agent,
    )
    def cancel(self, *, reason: str) -> None:
        """Say why nobody needs to go."""
        self.reason = reason

    @property
    def is_open(self) -> bool:
        return self.status not in ENDED_WORK

    @property
    def has_begun(self) -> bool:
        """Whether somebody is at it, or was and will go on."""
        return self.status in BEGUN_WORK

    @property
    def has_open_required_items(self) -> bool:
        """Whether something that must be done is not."""
        return bool(self.displayed("open_required_items"))

    @property
    def checklist_shown(self) -> list[ChecklistRow]:
        """The points of its checklist, in their order."""
        return ChecklistRow.from_json(self.displayed("checklist_rows"))

    @classmethod
    def locked_first(
        cls, item: WorkOrder, inputs: Mapping[str, Any]
    ) -> Iterable[models.QuerySet[Any]]:
        """Two bookings of one person queue up at the person."""
        people: Any = cls._meta.get_field("assignee").related_model._base_manager  # type: ignore[union-attr]
        if "assignee" in inputs:
            return [people.filter(pk=inputs["assignee"].pk)]
        if "scheduled_start" in inputs:
            booked = cls._base_manager.filter(pk=item.pk, assignee__isnull=False)
            return [people.filter(pk__in=booked.values("assignee"))]
        return []

    def before_create(self, actor: Actor | None) -> None:
        """What has ended gets no more work; its row is held, so that it does not end meanwhile."""
        super().before_create(actor)
        for name in ("ticket", "request"):
            if getattr(self, f"{name}_id") is not None:
                self._refuse_ended(name)

    def after_create(self, actor: Actor | None) -> None:
        """The points of the template become its own."""
        super().after_create(actor)
        if self.checklist_template is not None:
            self.checklist_template.add_to(self, actor=actor)

    def before_change(self, changed: frozenset[str], actor: Actor | None) -> None:
        """What it is for is settled; another template adds its points to the checklist."""
        settled = sorted(name.removesuffix("_id") for name in changed & self.SETTLED)
        if settled:
            said = "This is settled when the work order is made."
            raise InvalidInput(errors=[FieldError(name, "settled", said) for name in settled])
        if "checklist_template_id" in changed and self.checklist_template is not None:
            self.checklist_template.add_to(self, actor=actor)

    def clean(self) -> None:
        """It belongs to one thing at most, and its window runs forwards."""
        if self.ticket_id and self.request_id:
            raise ValidationError({"request": "It belongs to a ticket or to a request, not both."})
        if (
            self.scheduled_start
            and self.scheduled_end
            and self.scheduled_end <= self.scheduled_start
        ):
            raise ValidationError({"scheduled_end": "It has to end after it starts."})

    def _plan(self, start: datetime, end: datetime, site: str) -> None:
        self.scheduled_start, self.scheduled_end = start, end
        self.site = site or self.site

    def _refuse_double_booking(self) -> None:
        if not (self.assignee and self.scheduled_start and self.scheduled_end):
            return
        others = WorkOrder.objects.exclude(pk=self.pk).booked(
            self.assignee, start=self.scheduled_start, end=self.scheduled_end
        )
        other = others.order_by("scheduled_start", "pk").first()
        if other is not None:
            raise ConditionUnmet(f"{self.assignee} is booked for {other} in that time.")

    def _refuse_ended(self, name: str) -> None:
        parents = self._meta.get_field(name).related_model._base_manager  # type: ignore[union-attr]
        held: Any = parents.select_for_update(of=("self",)).get(pk=getattr(self, f"{name}_id"))
        if not held.is_open:
            raise ConditionUnmet(f"{held} has ended: it gets no more work orders.")
        if getattr(held, "merged_into_id", None) is not None:
            raise ConditionUnmet(f"{held} is merged: plan the work for the ticket that it follows.")
