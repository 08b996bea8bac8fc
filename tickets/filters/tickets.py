"""By what lists of tickets can be narrowed."""

from __future__ import annotations

from core.api.filters import (
    ChoicesFilter,
    MomentFilter,
    OverdueFilter,
    PersonFilter,
    QuestionFilter,
    ReferenceFilter,
    SearchFilter,
    StrictFilterSet,
    WordsFilter,
)
from sla.filters import StandingFilter
from sla.models import Escalation
from tickets.models import Ticket


class TicketFilterSet(StrictFilterSet):
    """Filters of tickets."""

    status = ChoicesFilter(choices=Ticket.Status.choices)
    priority = ChoicesFilter(choices=Ticket.Priority.choices)
    team = ReferenceFilter(field_name="team")
    assignee = PersonFilter(field_name="assignee")
    requester = PersonFilter(field_name="requester")
    department = ReferenceFilter(field_name="department")
    category = ReferenceFilter(field_name="category")
    tag = WordsFilter(field_name="tags", help_text="Several: any of them.")
    escalation = ChoicesFilter(choices=Escalation.choices)
    service_level = StandingFilter()
    policy = ReferenceFilter(field_name="sla_policy")
    overdue = OverdueFilter(help_text="Open past its due date.")
    has_open_work_orders = QuestionFilter(
        question="with_open_work_orders", help_text="Somebody still has to go there."
    )
    merged = QuestionFilter(question="merged", help_text="It follows another ticket.")
    created_after = MomentFilter(field_name="created_at", lookup_expr="gte")
    created_before = MomentFilter(field_name="created_at", lookup_expr="lt")
    due_before = MomentFilter(field_name="due_at", lookup_expr="lt")
    search = SearchFilter(fields=["title", "description"])

    class Meta:
        model = Ticket
        fields: list[str] = []
