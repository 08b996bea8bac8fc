"""What a caller wants to know: whose rows, of which department, over which time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.urls import reverse
from rest_framework.request import Request

from accounts.models import Department, User
from core import clock
from core.api.filters import MomentField, ReferenceField
from core.api.parameters import refuse_unknown_parameters
from core.errors import InvalidInput
from requests_app.models import ServiceRequest
from requests_app.querysets import RequestQuerySet

USUAL_WINDOW = timedelta(days=30)
THE_BEGINNING = datetime.min.replace(tzinfo=UTC)


class DepartmentField(ReferenceField):
    """The id of a department."""

    model = Department


PARAMETERS = {
    "from": MomentField(required=False),
    "to": MomentField(required=False),
    "department": DepartmentField(required=False),
}


@dataclass(frozen=True, kw_only=True)
class Question:
    """One caller's question at one moment; every figure of an answer shares it."""

    user: User
    now: datetime
    since: datetime
    until: datetime
    department: int | None = None

    @property
    def rows(self) -> RequestQuerySet:
        """What exists for the caller; the only way from here to a row."""
        rows = ServiceRequest.objects.for_user(self.user)
        return rows.filter(department=self.department) if self.department else rows

    @property
    def asked_in_window(self) -> RequestQuerySet:
        return self.made_in_window(ServiceRequest)

    def made_in_window(self, model: type[Any]) -> Any:
        """Items of one kind that exist for the caller and were made in the window."""
        rows = model.objects.for_user(self.user)
        rows = rows.filter(department=self.department) if self.department else rows
        return rows.filter(created_at__gte=self.since, created_at__lt=self.until)

    @property
    def approved_in_window(self) -> RequestQuerySet:
        decided = self.rows.filter(decided_at__gte=self.since, decided_at__lt=self.until)
        return decided.approved_at_some_time()

    def link(self, where: str = "requests", /, **filters: Any) -> str:
        """The list of exactly the rows that a figure counts."""
        if self.department:
            filters["department"] = self.department
        return f"{reverse(f'{where}-list')}?{urlencode(filters)}"

    def window(self, field: str) -> dict[str, str]:
        """The filters that keep a list to the window: `window("created")`."""
        return {
            f"{field}_after": clock.timestamp(self.since),
            f"{field}_before": clock.timestamp(self.until),
        }


def question_of(request: Request) -> Question:
    """The question in `?from=&to=&department=`; raises InvalidInput naming what is wrong."""
    refuse_unknown_parameters(request, PARAMETERS)
    given = {name: _value(name, request.query_params.get(name)) for name in PARAMETERS}
    now = clock.now()
    until = given["to"] or now
    since = given["from"] or until - min(USUAL_WINDOW, until - THE_BEGINNING)
    if since >= until:
        blamed = "from" if given["from"] else "to"
        raise InvalidInput.of(blamed, "The window has to begin before it ends.")
    return Question(
        user=request.user,  # type: ignore[arg-type]
        now=now,
        since=since,
        until=until,
        department=given["department"],
    )


def _value(name: str, text: str | None) -> Any:
    try:
        return PARAMETERS[name].clean(text)
    except ValidationError as error:
        raise InvalidInput.of(name, error.messages[0]) from error
