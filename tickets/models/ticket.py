"""The ticket and its whole life."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import Q
from django_fsm import RETURN_VALUE, transition

from core import clock
from core.actors import Actor
from core.errors import InvalidInput
from core.fields import ChoiceField, Move, StatusField
from core.lifecycle import Rule, nobody, perform
from core.priority import Priority
from sla.matching import ServiceFacts
from sla.models import UnderServiceLevel
from tickets import merging, policies
from tickets.models.indexes import TICKET_INDEXES
from tickets.models.routing_rule import RoutingRule
from tickets.models.rows import PREFIX, Duplicate
from tickets.models.tagged import TaggedByAgents
from tickets.querysets import TicketQuerySet
from tickets.states import OPEN_TICKETS, TicketStatus

if TYPE_CHECKING:
    from accounts.models import Team, User

TEXT = [MaxLengthValidator(10_000)]
WORKERS = {"role__in": ["agent", "admin"], "status": "active"}
EVERYWHERE = list(TicketStatus)


class Ticket(TaggedByAgents, UnderServiceLevel):
    """Something is wrong, and someone will see to it."""

    Status = TicketStatus
    Priority = Priority

    reference_prefix = PREFIX
    concerned = ("requester_id", "assignee_id")
    comments_start_internal = True
    waits_in = frozenset({Status.BLOCKED})
    done_in = frozenset({Status.RESOLVED, Status.CLOSED})
    void_in = frozenset({Status.CANCELLED})
    ended_column = "resolved_at"
    matched_by = UnderServiceLevel.matched_by | {"merged_into_id"}
    fields_for_agents = UnderServiceLevel.fields_for_agents | {"merged_into"}
    tones: ClassVar[dict[str, str]] = {
        "new": "waiting",
        "triaged": "review",
        "in_progress": "progress",
        "blocked": "held",
        "resolved": "done",
        "closed": "neutral",
        "cancelled": "cancelled",
    }

    title = models.CharField(max_length=200)
    description = models.TextField(blank=True, validators=TEXT)
    category = models.ForeignKey(
        "requests_app.Category", models.PROTECT, null=True, blank=True, related_name="tickets"
    )
    priority = ChoiceField(Priority, default=Priority.MEDIUM)
    requester = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="tickets",
        db_index=False,
        help_text="Whom it bothers; yourself unless an agent reports for somebody.",
    )
    department = models.ForeignKey(
        "accounts.Department",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="tickets",
        help_text="The requester's, when it was reported.",
    )
    team = models.ForeignKey(
        "accounts.Team",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tickets",
        db_index=False,
        help_text="Whose queue it is in.",
    )
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        limit_choices_to=WORKERS,
        related_name="assigned_tickets",
        db_index=False,
        help_text="The agent who sees to it.",
    )
    reason = models.TextField(blank=True, validators=TEXT, help_text="Why it waits or ended.")
    resolution = models.TextField(blank=True, validators=TEXT, help_text="What was done.")
    merged_into = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="duplicates",
        db_index=False,
        help_text="The ticket whose outcome it follows.",
    )
    started_at = models.DateTimeField(null=True, editable=False)
    resolved_at = models.DateTimeField(null=True, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    status = StatusField(Status)

    objects = TicketQuerySet.as_manager()

    creatable: ClassVar[Rule] = Rule(policies.reports_for_themselves)
    editable: ClassVar[Rule] = Rule(
        policies.requester_or_agent, [policies.still_open, policies.not_merged]
    )

    class Meta:
        indexes = TICKET_INDEXES
        constraints = [
            # A ticket never follows itself; longer circles are refused under lock.
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=models.F("id")),
                name="tickets_ticket_not_into_itself",
            ),
        ]

    @transition(
        status,
        Status.NEW,
        Status.TRIAGED,
        conditions=[policies.not_merged],
        permission=policies.agent,
    )
    def triage(self, *, priority: str, team: Team | None = None) -> None:
        """Say how much it presses, and whose queue it belongs to."""
        self.priority = priority
        self.team = team or self.team

    @transition(
        status,
        [Status.NEW, Status.TRIAGED, Status.IN_PROGRESS, Status.BLOCKED],
        conditions=[policies.not_merged],
        permission=policies.agent,
    )
    def assign(self, *, assignee: User) -> None:
        """Give it to an agent."""
        self.assignee = assignee

    @transition(
        status,
        [Status.TRIAGED, Status.IN_PROGRESS, Status.BLOCKED],
        conditions=[policies.not_merged],
        permission=policies.agent,
    )
    def reprioritise(self, *, priority: str) -> None:
        """Say anew how much it presses."""
        self.priority = priority

    @transition(
        status,
        [Status.NEW, Status.TRIAGED, Status.IN_PROGRESS, Status.BLOCKED],
        conditions=[policies.not_merged],
        permission=policies.agent,
    )
    def transfer(self, *, team: Team) -> None:
        """Move it to another team's queue; whoever had it has it no longer."""
        self.team = team
        self.assignee = None

    @transition(
        status,
        Status.TRIAGED,
        Status.IN_PROGRESS,
        conditions=[policies.not_merged, policies.somebody_sees_to_it],
        permission=policies.agent_on_own_or_unassigned,
    )
    def start(self, *, actor: User | None = None) -> None:
        """Begin to see to it; whoever starts an unassigned ticket takes it."""
        self.assignee = self.assignee or actor
        self._work_goes_on()

    @transition(
        status,
        [Status.TRIAGED, Status.IN_PROGRESS],
        Status.BLOCKED,
        conditions=[policies.not_merged],
        permission=policies.assignee,
    )
    def block(self, *, reason: str) -> None:
        """Say what it waits for; the clock stands still."""
        self.reason = reason

    @transition(
        status,
        Status.BLOCKED,
        Status.IN_PROGRESS,
        conditions=[policies.not_merged],
        permission=policies.assignee,
    )
    def unblock(self) -> None:
        """Go on; the clock runs again."""
        self._work_goes_on()

    @transition(
        status,
        Status.IN_PROGRESS,
        Status.RESOLVED,
        conditions=[policies.not_merged, policies.no_open_work_orders],
        permission=policies.assignee,
    )
    def resolve(self, *, resolution: str) -> None:
        """Say what was done, and hand back to the requester."""
        self.resolution = resolution
        self.resolved_at = clock.now()

    @transition(
        status,
        Status.RESOLVED,
        Status.IN_PROGRESS,
        conditions=[policies.not_merged],
        permission=policies.requester_or_agent,
    )
    def reopen(self, *, reason: str) -> None:
        """Say what is still wrong; the clock runs again."""
        self.reason = reason
        self.resolved_at = None

    @transition(
        status,
        Status.RESOLVED,
        Status.CLOSED,
        conditions=[policies.not_merged],
        permission=policies.requester_or_agent,
    )
    def close(self) -> None:
        """Agree that it is done."""
        self.closed_at = clock.now()

    @transition(
        status,
        [Status.NEW, Status.TRIAGED],
        Status.CANCELLED,
        conditions=[policies.not_merged],
        permission=policies.requester_or_agent,
    )
    def cancel(self, *, reason: str) -> None:
        """Duplicate, spam, or no longer needed: say which."""
        self.reason = reason

    @transition(
        status,
        OPEN_TICKETS,
        conditions=[policies.not_merged, policies.nobody_follows, policies.no_open_work_orders],
        permission=policies.agent,
    )
    def merge(self, *, merged_into: Ticket) -> None:
        """Let it follow the outcome of another ticket; it keeps its own comments and history."""
        merging.refuse_unfit(self, merged_into)
        self.merged_into = merged_into

    @transition(
        status,
        EVERYWHERE,
        RETURN_VALUE(*EVERYWHERE),
        conditions=[policies.is_merged],
        permission=policies.agent,
    )
    def unmerge(self) -> str:
        """Let it stand on its own again, exactly as it was before it was merged."""
        before = merging.before_merge(self)
        self.merged_into = None
        for name, value in before.fields.items():
            setattr(self, name, value)
        return before.status

    @transition(
        status,
        EVERYWHERE,
        RETURN_VALUE(*EVERYWHERE),
        conditions=[policies.is_merged],
        permission=nobody,
    )
    def follow(self) -> str:
        """Take over the outcome of the ticket that it is merged into."""
        after = merging.outcome_for(self)
        for name, value in after.fields.items():
            setattr(self, name, value)
        return after.status

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_TICKETS

    @property
    def has_open_work_orders(self) -> bool:
        """Whether somebody still has to go there."""
        return bool(self.displayed("open_work_orders"))

    @property
    def is_merged(self) -> bool:
        """Whether it follows another ticket."""
        return self.merged_into_id is not None

    @property
    def duplicates_shown(self) -> list[Duplicate]:
        """The tickets that follow this one, oldest first."""
        return Duplicate.from_json(self.displayed("duplicate_rows"))

    def service_level_facts(self) -> ServiceFacts | None:
        """What decides which promise is given; a merged ticket is promised nothing of its own."""
        if self.merged_into_id is not None:
            return None
        return ServiceFacts(
            category=self.category_id, priority=self.priority, department=self.department_id
        )

    def policy_after(self, moves: Sequence[Move]) -> int | None:
        """Set free again, it is under the promise under which it was merged, whatever is offered now."""
        if any(move.action == "unmerge" for move in moves):
            return merging.policy_before(self)
        return super().policy_after(moves)

    @classmethod
    def locked_first(
        cls, item: Ticket, inputs: Mapping[str, Any]
    ) -> Iterable[models.QuerySet[Any]]:
        """The whole family of a merge, in one order for everybody."""
        return [merging.family(cls._base_manager.all(), item, inputs.get("merged_into"))]

    def before_create(self, actor: Actor | None) -> None:
        """Whoever reports it is bothered by it, unless they say who is."""
        super().before_create(actor)
        if actor is not None and not self.requester_id:
            self.requester_id = actor.pk
        if self.requester_id:
            self.department_id = self.requester.department_id

    def after_create(self, actor: Actor | None) -> None:
        """Unless somebody has said whose queue it belongs to, the rules do."""
        super().after_create(actor)
        if self.team_id is None:
            RoutingRule.objects.route(self)

    def after_save(self, moves: Sequence[Move]) -> None:
        """What is merged into this follows it."""
        super().after_save(moves)
        if any({move.source, move.target} - set(OPEN_TICKETS) for move in moves):
            for duplicate in self.duplicates.order_by("pk"):
                perform(duplicate, "follow", actor=None)

    def before_change(self, changed: frozenset[str], actor: Actor | None) -> None:
        """Whom it bothers is settled."""
        super().before_change(changed, actor)
        if "requester_id" in changed:
            said = "This is settled when the ticket is made."
            raise InvalidInput.of("requester", said, code="settled")

    def clean(self) -> None:
        """A ticket is reported for somebody who is here."""
        super().clean()
        if self._state.adding and self.requester_id and not self.requester.is_active:
            raise ValidationError({"requester": "This account is deactivated."})

    def _work_goes_on(self) -> None:
        """From its first time on the work has begun; that is an answer, unless there was one before."""
        self.started_at = self.started_at or clock.now()
        self.first_responded_at = self.first_responded_at or self.started_at
