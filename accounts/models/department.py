"""Where people belong, and who decides there."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.policies import admin, approver_or_admin
from accounts.querysets import ApproverQuerySet, DepartmentQuerySet, SubstitutionQuerySet
from core.actors import Actor
from core.errors import InvalidInput
from core.lifecycle import Rule
from core.models import Record


class Department(Record):
    """A part of the company; its approvers decide on its requests."""

    creatable: ClassVar[Rule] = Rule(admin)
    editable: ClassVar[Rule] = Rule(admin)

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=40, unique=True)

    objects = DepartmentQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class Approver(Record):
    """Somebody who decides on the requests of a department."""

    creatable: ClassVar[Rule] = Rule(admin)
    editable: ClassVar[Rule] = Rule(admin)

    department = models.ForeignKey(Department, models.PROTECT, related_name="approvers")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="approverships")

    objects = ApproverQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["department", "user"],
                name="accounts_approver_once",
                violation_error_message="This person approves for this department already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} for {self.department}"


class Substitution(Record):
    """Somebody decides in an approver's place, from one day to another, both included."""

    creatable: ClassVar[Rule] = Rule(approver_or_admin)
    editable: ClassVar[Rule] = Rule(approver_or_admin)

    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, blank=True, related_name="substitutions"
    )
    substitute = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="standing_in"
    )
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = SubstitutionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="accounts_substitution_ends_after_start",
                violation_error_message="It ends before it starts.",
            ),
            models.CheckConstraint(
                condition=~models.Q(approver=models.F("substitute")),
                name="accounts_substitution_by_another",
                violation_error_message="Nobody stands in for themselves.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.substitute} for {self.approver}, {self.starts_on} to {self.ends_on}"

    def before_create(self, actor: Actor | None) -> None:
        """Whoever names no approver means themselves."""
        if not self.approver_id and actor:
            self.approver_id = actor.pk
        if not Approver.objects.filter(user=self.approver_id).exists():
            raise InvalidInput.of("approver", "Only an approver can have a substitute.")
        self._refuse_who_has_left()

    def before_change(self, changed: frozenset[str], actor: Actor | None) -> None:
        """Whose vote it lends stays: an approver lends their own, never somebody else's."""
        if "approver_id" in changed:
            raise InvalidInput.of("approver", "This is settled: name a substitute of theirs anew.")
        self._refuse_who_has_left()

    def _refuse_who_has_left(self) -> None:
        if self.substitute_id and not self.substitute.is_active:
            raise InvalidInput.of("substitute", "This account is deactivated.")
