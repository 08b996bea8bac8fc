"""Schedules: work that comes again by a rule, made once for each occurrence."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Any, ClassVar
from zoneinfo import available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator, MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django_fsm import transition

from core import clock
from core.fields import ChoiceField, Move, StatusField
from core.lifecycle import Rule, needs
from core.models import WorkItem
from core.priority import Priority
from tickets import policies
from tickets.models.tagged import Tagged
from tickets.models.ticket import Ticket
from tickets.models.work_order import WorkOrder
from tickets.querysets import ScheduleQuerySet
from tickets.recurrence import LONGEST, Recurrence, UnfitError, zone_named

if TYPE_CHECKING:
    from collections.abc import Iterator

TEXT = [MaxLengthValidator(10_000)]
LONGEST_WINDOW = 60 * 24 * 14

EARLIEST_START = date(2000, 1, 1)
LATEST_START = timedelta(days=3653)

comes_again = needs(
    "Its rule has no further occurrence.",
    lambda schedule: bool(schedule.coming(clock.now(), most=1)),
)
not_ended = needs("It has ended.", lambda schedule: schedule.status != "ended")


class Schedule(Tagged, WorkItem):  # type: ignore[misc]  # both inherit what Django adds to dates
    """A ticket or a work order that is made again and again."""

    class Status(models.TextChoices):
        ACTIVE = "active"
        PAUSED = "paused"
        ENDED = "ended"

    class Creates(models.TextChoices):
        TICKET = "ticket"
        WORK_ORDER = "work_order", "Work order"

    class Missed(models.TextChoices):
        SKIP = "skip"
        CATCH_UP = "catch_up", "Catch up"

    RULE_COLUMNS = frozenset({"rule", "starts_on", "starts_at", "time_zone"})

    reference_prefix = "SCH"
    comments_start_internal = True
    tones: ClassVar[dict[str, str]] = {"active": "progress", "paused": "held", "ended": "neutral"}

    title = models.CharField(max_length=200, help_text="The title of what it makes.")
    creates = ChoiceField(Creates, default=Creates.TICKET)
    description = models.TextField(blank=True, validators=TEXT)
    category = models.ForeignKey(
        "requests_app.Category",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Of a ticket.",
    )
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="For whom a ticket is made.",
    )
    priority = ChoiceField(Priority, default=Priority.MEDIUM, help_text="Of a ticket.")
    team = models.ForeignKey(
        "accounts.Team",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whose queue a ticket joins; without one, the routing rules say.",
    )
    site = models.CharField(max_length=200, blank=True, help_text="Of a work order.")
    window_minutes = models.PositiveIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_WINDOW)],
        help_text="How long the window of a work order is; empty leaves it a draft.",
    )
    checklist_template = models.ForeignKey(
        "tickets.ChecklistTemplate",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Of a work order.",
    )
    rule = models.CharField(
        max_length=LONGEST, help_text="RFC 5545, such as `FREQ=WEEKLY;BYDAY=MO`."
    )
    starts_on = models.DateField(help_text="The local day from which the rule counts.")
    starts_at = models.TimeField(help_text="The local time of each occurrence.")
    time_zone = models.CharField(max_length=64, help_text="As in `Europe/London`.")
    missed = ChoiceField(
        Missed,
        default=Missed.SKIP,
        help_text="When several came due while nothing ran: skip makes the last one only, catch up"
        " makes each.",
    )
    next_at = models.DateTimeField(null=True, editable=False)
    status = StatusField(Status)

    objects = ScheduleQuerySet.as_manager()

    creatable: ClassVar[Rule] = Rule(policies.agent)
    editable: ClassVar[Rule] = Rule(policies.agent, [not_ended])

    class Meta:
        indexes = [
            # What has to be made by now.
            models.Index(
                fields=["next_at"], name="tickets_schedules_due", condition=Q(status="active")
            ),
        ]
        constraints = [
            # A ticket is always for somebody.
            models.CheckConstraint(
                condition=~Q(creates="ticket") | Q(requester__isnull=False),
                name="tickets_schedule_requester",
                violation_error_message="Say for whom the tickets are.",
            ),
            # No rule counts through centuries.
            models.CheckConstraint(
                condition=Q(starts_on__gte=EARLIEST_START),
                name="tickets_schedule_starts_on",
                violation_error_message="It starts too long ago.",
            ),
        ]

    @transition(status, Status.ACTIVE, Status.PAUSED, permission=policies.agent)
    def pause(self) -> None:
        """Make nothing for a while; what falls into the pause is not missed."""

    @transition(
        status,
        Status.PAUSED,
        Status.ACTIVE,
        conditions=[comes_again],
        permission=policies.agent,
    )
    def resume(self) -> None:
        """Go on with the next occurrence from now."""

    @transition(status, [Status.ACTIVE, Status.PAUSED], Status.ENDED, permission=policies.agent)
    def end(self) -> None:
        """Make nothing any more."""

    @property
    def recurrence(self) -> Recurrence:
        """How it comes again. Raises UnfitError where its time zone is not known here."""
        start = datetime.combine(self.starts_on, self.starts_at)
        return Recurrence(self.rule, start, zone_named(self.time_zone))

    def coming(self, moment: datetime, *, most: int) -> list[datetime]:
        """The next occurrences after a moment; none where it has ended or cannot be followed."""
        if self.status == self.Status.ENDED:
            return []
        try:
            return list(islice(self.recurrence.after(moment), most))
        except UnfitError:
            return []

    def next_after(self, moment: datetime) -> datetime | None:
        """The next occurrence after a moment; None where there is no further one."""
        return self.recurrence.next_after(moment)

    def due_until(self, moment: datetime) -> Iterator[datetime]:
        """The occurrences that have come and are not handled yet, oldest first."""
        if self.next_at is None:
            return iter(())
        coming = self.recurrence.after(self.next_at - timedelta.resolution)
        return takewhile(lambda at: at <= moment, coming)

    def before_save(self, moves: Sequence[Move]) -> None:
        """A new rule, and an end to a pause, count from now on."""
        super().before_save(moves)
        if self._has_a_new_rule() or any(move.source != move.target for move in moves):
            is_active = self.status == self.Status.ACTIVE
            self.next_at = self.next_after(self.saving_at) if is_active else None

    def clean(self) -> None:
        """The rule can be followed, and leads somewhere."""
        super().clean()
        wrong: dict[str, Any] = {}
        if self._has_a_new_rule() and self.starts_on and self.starts_at and self.rule:
            wrong = self._wrong_in_its_rule()
        if self.creates == self.Creates.TICKET and self.requester is None:
            wrong["requester"] = "Say for whom the tickets are."
        if wrong:
            raise ValidationError(wrong)

    def _has_a_new_rule(self) -> bool:
        return self._state.adding or not self.RULE_COLUMNS.isdisjoint(self.changed_fields())

    def _wrong_in_its_rule(self) -> dict[str, Any]:
        """What is wrong with the columns that say when it comes, by their names."""
        now = clock.now()
        latest = now.date() + LATEST_START
        if not EARLIEST_START <= self.starts_on <= latest:
            return {"starts_on": f"Give a day from {EARLIEST_START} to {latest}."}
        if self.time_zone not in available_timezones():
            return {"time_zone": "There is no such time zone."}
        try:
            leads_somewhere = self.next_after(now) is not None
        except UnfitError as unfit:
            return {"rule": str(unfit)}
        never = "It never comes from now on, or not for many years."
        return {} if leads_somewhere else {"rule": never}


class Occurrence(models.Model):
    """One time that a schedule came due and was not skipped, and what became of it; written once."""

    is_append_only = True

    class Outcome(models.TextChoices):
        CREATED = "created"
        FAILED = "failed"

    schedule = models.ForeignKey(
        Schedule, models.PROTECT, related_name="occurrences", db_index=False
    )
    at = models.DateTimeField()
    outcome = ChoiceField(Outcome)
    ticket = models.ForeignKey(Ticket, models.PROTECT, null=True, related_name="+", db_index=False)
    work_order = models.ForeignKey(
        WorkOrder, models.PROTECT, null=True, related_name="+", db_index=False
    )
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            # Exactly once, however many schedulers run; also finds a schedule's occurrences.
            models.UniqueConstraint(fields=["schedule", "at"], name="tickets_occurrence_once"),
        ]

    def __str__(self) -> str:
        return f"{self.schedule} at {self.at:%Y-%m-%d %H:%M}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TypeError("An occurrence is never rewritten.")
        super().save(*args, **kwargs)
