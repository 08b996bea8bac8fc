"""The questions one can ask about calendars and policies."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db.models import (
    Model,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    TextField,
)
from django.db.models.functions import Cast, Coalesce

from core.actors import Actor
from core.querysets import ScopedQuerySet

if TYPE_CHECKING:
    from sla.matching import ServiceFacts
    from sla.models import Calendar, Policy, PolicyVersion  # noqa: F401


class CalendarQuerySet(ScopedQuerySet["Calendar"]):
    """When people work."""

    def for_user(self, user: Actor) -> Self:
        """Agents see them all; for others there are none."""
        return self if user.is_agent else self.none()


class PolicyQuerySet(ScopedQuerySet["Policy"]):
    """What is promised for what."""

    def for_user(self, user: Actor) -> Self:
        """Agents see them all; for others there are none."""
        return self if user.is_agent else self.none()

    def for_display(self) -> Self:
        return self.select_related("calendar", "department", "category", "request_type")

    def fitting(self, kind: str, facts: ServiceFacts) -> Self:
        """Those in use whose every condition such an item meets, the winner first."""
        return self.filter(
            Q(request_type=None) | Q(request_type=facts.request_type),
            Q(category=None) | Q(category=facts.category),
            Q(department=None) | Q(department=facts.department),
            priority__in=["", facts.priority],
            applies_to=kind,
            is_active=True,
        ).order_by("position", "pk")


class PolicyVersionQuerySet(QuerySet["PolicyVersion"]):
    """What policies promised, and in which hours."""

    def editions(
        self, *, at: datetime | None = None, policies: Collection[int] | None = None
    ) -> Iterable[tuple[Any, ...]]:
        """Versions beside the versions of their calendars, as rows for `Edition`.

        All of them, or those in force at one moment; before there was any, the first one.
        """
        rows = self if policies is None else self.filter(policy__in=policies)
        if at is not None:
            model: Any = self.model
            versions_of_calendars = model.calendar.field.related_model.versions.rel.related_model
            rows = rows.filter(
                number=_newest(model, at, policy=OuterRef("policy")),
                calendar__versions__number=_newest(
                    versions_of_calendars, at, calendar=OuterRef("calendar")
                ),
            )
        return rows.values_list(
            "policy",
            "number",
            "valid_from",
            "response_minutes",
            "resolution_minutes",
            "waits_in",
            "calendar",
            "calendar__versions__number",
            "calendar__versions__valid_from",
            "calendar__versions__time_zone",
            Cast("calendar__versions__hours", TextField()),
            Cast("calendar__versions__holidays", TextField()),
        )


def _newest(versions: type[Model], at: datetime, **of: OuterRef) -> Coalesce:
    newest = versions._default_manager.filter(valid_from__lte=at, **of).order_by("-number")
    return Coalesce(Subquery(newest.values("number")[:1]), 1)
