"""The questions one can ask about people, and what each of them may see."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import JSONObject

from accounts.acquaintance import known_to
from core import clock
from core.db.json import json_rows
from core.querysets import ScopedQuerySet

ACTIVE = "active"
ADMIN = "admin"

# The models stand on this module, so it asks for them by name.
_model = partial(apps.get_model, "accounts")

PERSON = JSONObject(id="user_id", name="user__name")
"""How rows that have a `user` mention that person."""


SEAT = JSONObject(department_id="department_id", approver_id="user_id")
"""An approver's seat in a department: the ids that make a `Seat`."""


class UserQuerySet(ScopedQuerySet[Any]):
    """People."""

    def for_user(self, user: Any) -> Self:
        """Those who work on or decide for others see everybody; the rest see whom they know."""
        return self if user.is_agent or user.decides_for() else self.filter(known_to(user))

    def for_display(self) -> Self:
        other_admins = self.model._base_manager.exclude(pk=OuterRef("pk"))
        return self.select_related("department").annotate(
            another_admin=Exists(other_admins.filter(role=ADMIN, status=ACTIVE))
        )

    def with_rights(self) -> Self:
        """With the departments that each person may decide for today."""
        return self.annotate(seats=seats_of(OuterRef("pk"), on=clock.today()))

    def active(self) -> Self:
        return self.filter(status=ACTIVE)

    def admins(self) -> Self:
        """Those who can repair everything else."""
        return self.active().filter(role=ADMIN)


class ReferenceQuerySet(ScopedQuerySet[Any]):
    """Rows that everybody who is signed in may read."""

    def for_user(self, user: Any) -> Self:
        return self


class DepartmentQuerySet(ReferenceQuerySet):
    """Departments."""

    def for_display(self) -> Self:
        approvers = _model("Approver").objects.filter(department=OuterRef("pk"))
        return self.annotate(approver_people=json_rows(approvers, PERSON))


class ApproverQuerySet(ReferenceQuerySet):
    """Who decides on the requests of which department."""

    def for_display(self) -> Self:
        return self.select_related("department", "user")

    def deciding(self, person: Any, *, on: date) -> Self:
        """The rows by which this person decides that day: their own, and those they stand in for.

        Repeats a row for overlapping substitutions. An approver who has left lends nobody a vote.
        """
        standing_in = Q(
            user__substitutions__substitute=person,
            user__substitutions__starts_on__lte=on,
            user__substitutions__ends_on__gte=on,
        )
        return self.filter(Q(user=person) | standing_in, user__status=ACTIVE)


class SubstitutionQuerySet(ScopedQuerySet[Any]):
    """Who stands in for which approver, and when."""

    def for_user(self, user: Any) -> Self:
        """Admins see all, others those they gave or were given."""
        return self if user.is_admin else self.filter(Q(approver=user.pk) | Q(substitute=user.pk))

    def for_display(self) -> Self:
        return self.select_related("approver", "substitute")


class TeamQuerySet(ReferenceQuerySet):
    """Teams."""

    def for_display(self) -> Self:
        members = _model("TeamMember").objects.filter(team=OuterRef("pk"))
        return self.annotate(member_people=json_rows(members, PERSON))


class SessionQuerySet(models.QuerySet[Any]):
    """Signed-in devices. Sessions are bookkeeping, not records: they leave no events."""

    def for_user(self, user: Any) -> Self:
        """One's own, as long as they let one in."""
        return self.filter(user=user.pk).live()

    def for_display(self) -> Self:
        return self

    def live(self, *, at: datetime | None = None) -> Self:
        """Those that still let somebody in."""
        at = at or clock.now()
        return self.filter(ended_at=None, expires_at__gt=at, user__status=ACTIVE)

    def with_person(self, *, on: date) -> Self:
        """With all that a request needs to know of the person on that day, in the one statement."""
        seats = seats_of(OuterRef("user"), on=on)
        return self.select_related("user__department").annotate(seats=seats)

    def end(self, reason: str) -> int:
        """Let nobody in by these any more; returns how many were still open."""
        return self.filter(ended_at=None).update(ended_at=clock.now(), end_reason=reason)


class LetterQuerySet(models.QuerySet[Any]):
    """Letters: waiting, sent, used."""

    def unsent(self, *, at: datetime, attempts: int) -> Self:
        """What to send now, unless it failed too often or its link was made worthless."""
        return self.filter(sent_at=None, used_at=None, due_at__lte=at, attempts__lt=attempts)

    def usable(self, *, at: datetime) -> Self:
        """Those whose link still opens the door."""
        return self.exclude(token_hash="").filter(used_at=None, expires_at__gt=at)

    def use_up(self) -> int:
        """Make their links worthless, sent or not; returns how many were not yet."""
        return self.filter(used_at=None).update(used_at=clock.now())


def seats_of(person: Any, *, on: date) -> Any:
    """A subquery: the approvers' seats from which the person may decide on that day."""
    rows = _model("Approver").objects.deciding(person, on=on)
    return json_rows(rows, SEAT)
