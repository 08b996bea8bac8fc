"""The questions one can ask about requests and the catalogue."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Self

from django.db.models import OuterRef, Q, Subquery
from django.db.models.functions import JSONObject

from core.db.json import json_rows
from core.querysets import ScopedQuerySet
from requests_app.states import OPEN, RequestStatus
from sla.models import Policy
from sla.promises import promises
from sla.standing import PromisedQuerySet
from workflows.models import Workflow

if TYPE_CHECKING:
    from accounts.models import User
    from requests_app.models import Category, RequestType, ServiceRequest  # noqa: F401


class CategoryQuerySet(ScopedQuerySet["Category"]):
    """The shelves of the catalogue."""

    def for_user(self, user: User) -> Self:  # type: ignore[override]
        """Everybody who is signed in sees every shelf."""
        return self


class RequestTypeQuerySet(ScopedQuerySet["RequestType"]):
    """What people can ask for."""

    def for_user(self, user: User) -> Self:  # type: ignore[override]
        """What is offered; admins also see what is not."""
        return self if user.is_admin else self.filter(is_active=True)

    def for_display(self) -> Self:
        """With its shelf, and what is promised for it."""
        related = self.select_related("category", "workflow_template", "workflow_project")
        return related.annotate(
            promise_rows=promises(
                Policy.Kind.REQUEST, request_type=OuterRef("pk"), category=OuterRef("category")
            )
        )


class RequestQuerySet(PromisedQuerySet["ServiceRequest"]):
    """What people asked for."""

    def for_user(self, user: User) -> Self:  # type: ignore[override]
        """Their own and those they may decide on; agents see all, for a stranger none exists.

        Each knows its workflow as far as that exists for this person.
        """
        workflows = Workflow.objects.for_user(user).filter(pk=OuterRef("workflow"))
        rows = self.annotate(
            workflow_row=Subquery(workflows.values(row=JSONObject(id="pk", title="name")))
        )
        if user.is_agent:
            return rows
        return rows.filter(Q(requester=user.pk) | Q(department__in=user.decides_for()))

    def for_display(self) -> Self:
        """With the people and names that a row shows, and its decisions as one JSON value."""
        return self.select_related(
            "requester",
            "assignee",
            "created_by",
            "department",
            "request_type__category",
            "sla_policy",
        ).annotate(decision_rows=shown_decisions(self.model))

    def open(self) -> Self:
        """Somebody still has to do something."""
        return self.filter(status__in=OPEN)

    def waiting(self) -> Self:
        """Not decided yet."""
        return self.filter(status=RequestStatus.PENDING)

    def waiting_for(self, user: User) -> Self:
        """Those on which this person may decide and has not."""
        waiting = self.waiting().exclude(requester=user.pk).exclude(created_by=user.pk)
        waiting = waiting.exclude(decisions__person=user.pk)
        if user.is_admin:
            return waiting
        from_a_seat = Q(pk__in=[])
        for seat in user.decides_from():
            from_a_seat |= Q(department=seat.department_id) & ~Q(requester=seat.approver_id)
        return waiting.filter(from_a_seat)

    def overdue(self, *, at: datetime) -> Self:
        """Open past their due date."""
        return self.open().filter(due_at__lt=at)

    def approved_at_some_time(self) -> Self:
        """Approved once, whatever became of them since."""
        return self.filter(decided_at__isnull=False).exclude(status=RequestStatus.DENIED)


@cache
def shown_decisions(request: Hashable) -> Subquery:
    """The decisions on each request as one JSON value; built once, because every read needs it."""
    model: Any = request
    decisions = model._meta.get_field("decisions").related_model.objects
    shown = JSONObject(
        person_id="person_id",
        person_name="person__name",
        outcome="outcome",
        note="note",
        at="decided_at",
    )
    return json_rows(decisions.filter(request=OuterRef("pk")), shown)
