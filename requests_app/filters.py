"""By what lists of requests and of the catalogue can be narrowed."""

from __future__ import annotations

from core.api.filters import (
    ChoicesFilter,
    MomentFilter,
    OverdueFilter,
    PersonFilter,
    QuestionFilter,
    ReferenceFilter,
    SearchFilter,
    StrictBooleanFilter,
    StrictFilterSet,
)
from requests_app.models import RequestType, ServiceRequest
from sla.filters import StandingFilter
from sla.models.under import Escalation


class RequestFilterSet(StrictFilterSet):
    """Filters of requests."""

    status = ChoicesFilter(choices=ServiceRequest.Status.choices)
    priority = ChoicesFilter(choices=ServiceRequest.Priority.choices)
    category = ReferenceFilter(field_name="request_type__category")
    request_type = ReferenceFilter(field_name="request_type")
    department = ReferenceFilter(field_name="department")
    requester = PersonFilter(field_name="requester")
    assignee = PersonFilter(field_name="assignee")
    created_after = MomentFilter(field_name="created_at", lookup_expr="gte")
    created_before = MomentFilter(field_name="created_at", lookup_expr="lt")
    decided_after = MomentFilter(field_name="decided_at", lookup_expr="gte")
    decided_before = MomentFilter(field_name="decided_at", lookup_expr="lt")
    due_before = MomentFilter(field_name="due_at", lookup_expr="lt")
    overdue = OverdueFilter(help_text="Open past its due date.")
    escalation = ChoicesFilter(choices=Escalation.choices)
    service_level = StandingFilter()
    policy = ReferenceFilter(field_name="sla_policy")
    approved = QuestionFilter(
        question="approved_at_some_time",
        help_text="Approved at some time, whatever became of it since.",
    )
    waiting_for_me = QuestionFilter(
        question="waiting_for", asks_who=True, help_text="You may decide on it and have not."
    )
    search = SearchFilter(fields=["title", "description"])

    class Meta:
        model = ServiceRequest
        fields: list[str] = []


class RequestTypeFilterSet(StrictFilterSet):
    """Filters of the catalogue."""

    category = ReferenceFilter(field_name="category")
    is_active = StrictBooleanFilter(field_name="is_active")
    search = SearchFilter(fields=["name", "description"])

    class Meta:
        model = RequestType
        fields: list[str] = []
