"""The operations request and its whole life."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django_fsm import RETURN_VALUE, transition

from core import clock
from core.actors import Actor
from core.errors import FieldError, InvalidInput
from core.fields import ChoiceField, Move, StatusField
from core.lifecycle import Rule, perform
from core.priority import Priority
from requests_app import policies
from requests_app.form_schemas import violations
from requests_app.models.approvals import DecidedByPeople
from requests_app.models.begun_work import begin_workflow
from requests_app.models.catalogue import RequestType
from requests_app.models.decision import Decision
from requests_app.models.indexes import REQUEST_INDEXES
from requests_app.querysets import RequestQuerySet
from requests_app.states import OPEN, RequestStatus
from sla.matching import ServiceFacts
from sla.models import UnderServiceLevel
from workflows.models import Workflow

if TYPE_CHECKING:
    from accounts.models import User

TEXT = [MaxLengthValidator(10_000)]
WORKERS = {"role__in": ["agent", "admin"], "status": "active"}


class ServiceRequest(DecidedByPeople, UnderServiceLevel):
    """Somebody asks for something; a department agrees; an agent gets it done."""

    Status = RequestStatus
    Priority = Priority
    SETTLED = frozenset({"request_type_id", "department_id", "requester_id", "approvals_needed"})

    reference_prefix = "REQ"
    private_fields = frozenset({"workflow"})
    concerned = ("requester_id", "created_by_id", "assignee_id")
    waits_in = frozenset({Status.PENDING})
    done_in = frozenset({Status.COMPLETED})
    void_in = frozenset({Status.DENIED, Status.CANCELLED})
    ended_column = "completed_at"
    tones = {
        "pending": "waiting",
        "approved": "approved",
        "in_progress": "progress",
        "completed": "done",
        "denied": "refused",
        "cancelled": "cancelled",
    }

    title = models.CharField(max_length=200)
    description = models.TextField(blank=True, validators=TEXT)
    request_type = models.ForeignKey(RequestType, models.PROTECT, related_name="requests")
    department = models.ForeignKey(
        "accounts.Department", models.PROTECT, related_name="requests", db_index=False
    )
    priority = ChoiceField(Priority, default=Priority.MEDIUM)
    answers = models.JSONField(default=dict, blank=True, help_text="Answers to the type's form.")
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="requests",
        db_index=False,
        help_text="Who needs it; yourself unless an agent asks for somebody.",
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to=WORKERS,
        related_name="assigned_requests",
        db_index=False,
        help_text="The agent who gets it done.",
    )
    reason = models.TextField(blank=True, validators=TEXT, help_text="Why it ended early.")
    resolution = models.TextField(blank=True, validators=TEXT, help_text="What was done.")
    # What began with the work on it; the project where it is may be hidden from who sees the request.
    workflow = models.OneToOneField(
        Workflow, models.PROTECT, null=True, editable=False, related_name="+"
    )
    started_at = models.DateTimeField(null=True, editable=False)
    completed_at = models.DateTimeField(null=True, editable=False)
    status = StatusField(Status)

    objects = RequestQuerySet.as_manager()

    creatable: ClassVar[Rule] = Rule(policies.asks_for_themselves)
    editable: ClassVar[Rule] = Rule(
        policies.requester_or_agent, [policies.still_open, policies.as_it_was_decided]
    )

    class Meta:
        verbose_name = "request"
        indexes = REQUEST_INDEXES

    @transition(
        status,
        Status.PENDING,
        RETURN_VALUE(Status.APPROVED, Status.PENDING),
        conditions=[policies.for_people_to_decide, policies.not_decided_twice],
        permission=policies.approver,
    )
    def approve(self, *, actor: User | None = None, note: str = "") -> str:
        """Say yes; the last yes that is needed approves the request."""
        if actor is not None:
            self.record_decision(Decision.Outcome.APPROVE, actor, note)
        if not self.has_its_approvals():
            return self.Status.PENDING
        self.decided_at = clock.now()
        return self.Status.APPROVED

    @transition(
        status,
        Status.PENDING,
        Status.DENIED,
        conditions=[policies.for_people_to_decide, policies.not_decided_twice],
        permission=policies.approver,
    )
    def deny(self, *, reason: str, actor: User, note: str = "") -> None:
        """Say no, and why; one no ends it."""
        self.record_decision(Decision.Outcome.DENY, actor, note)
        self.reason = reason
        self.decided_at = clock.now()

    @transition(status, [Status.APPROVED, Status.IN_PROGRESS], permission=policies.agent)
    def assign(self, *, assignee: User) -> None:
        """Give the work to an agent."""
        self.assignee = assignee

    @transition(status, Status.APPROVED, Status.IN_PROGRESS, permission=policies.agent)
    def start(self, *, assignee: User | None = None, actor: User | None = None) -> None:
        """Begin the work, and the workflow of its type; whoever starts an unassigned request takes it."""
        self.assignee = assignee or self.assignee or actor
        self.started_at = clock.now()
        self.first_responded_at = self.first_responded_at or self.started_at

    @transition(status, Status.IN_PROGRESS, Status.COMPLETED, permission=policies.agent)
    def complete(self, *, resolution: str) -> None:
        """Say what was done."""
        self.resolution = resolution
        self.completed_at = clock.now()

    @transition(
        status,
        [Status.PENDING, Status.APPROVED],
        Status.CANCELLED,
        permission=policies.requester_or_admin,
    )
    def cancel(self, *, reason: str = "") -> None:
        """Withdraw it: no longer needed."""
        self.reason = reason

    @property
    def workflow_shown(self) -> dict[str, Any] | None:
        """Its workflow, if that exists for whoever the request was loaded for."""
        row = self.__dict__.get("workflow_row")
        return row and {**row, "reference": f"{Workflow.reference_prefix}-{row['id']}"}

    @property
    def is_undecided(self) -> bool:
        """Whether nobody has spoken yet: the first of several approvals holds it, too."""
        return self.status == self.Status.PENDING and not self.decisions_made

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    def is_overdue(self, *, at: datetime) -> bool:
        """Whether it should have been done by then."""
        return self.is_open and self.due_at is not None and self.due_at < at

    def service_level_facts(self) -> ServiceFacts:
        """What decides which promise is given."""
        return ServiceFacts(
            request_type=self.request_type_id,
            category=self.request_type.category_id,
            priority=self.priority,
            department=self.department_id,
        )

    def before_create(self, actor: Actor | None) -> None:
        """Whoever asks needs it, unless they say who does; the type says what it takes today."""
        super().before_create(actor)
        if actor is not None and not self.requester_id:
            self.requester_id = actor.pk
        if self.request_type_id is not None:
            self.approvals_needed = self.request_type.approvals_needed

    def after_create(self, actor: Actor | None) -> None:
        """What needs nobody's approval has it."""
        if self.approvals_needed == 0:
            perform(self, "approve", actor=None)

    def after_save(self, moves: Sequence[Move]) -> None:
        """With the work begins the workflow of its type."""
        super().after_save(moves)
        if any(move.action == "start" for move in moves):
            begin_workflow(self)

    def before_change(self, changed: frozenset[str], actor: Actor | None) -> None:
        """What approvers agreed to stays what it was about."""
        settled = sorted(name.removesuffix("_id") for name in changed & self.SETTLED)
        if settled:
            said = "This is settled when the request is made."
            raise InvalidInput(errors=[FieldError(name, "settled", said) for name in settled])

    def clean(self) -> None:
        """Only what is offered can be asked for, with its form filled in; started work has somebody."""
        wrong: dict[str, Any] = {}
        if self._state.adding and self.request_type_id and not self.request_type.is_active:
            wrong["request_type"] = "This is no longer offered."
        if self._state.adding and self.requester_id and not self.requester.is_active:
            wrong["requester"] = "This account is deactivated."
        if self.request_type_id and (self._state.adding or "answers" in self.changed_fields()):
            wrong |= violations(self.request_type.form, self.answers)
        if self.status == self.Status.IN_PROGRESS and self.assignee_id is None:
            wrong["assignee"] = "Say who does the work."
        if wrong:
            raise ValidationError(wrong)
