"""People who work together."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from accounts.policies import admin
from accounts.querysets import ReferenceQuerySet, TeamQuerySet
from core.lifecycle import Rule
from core.models import Record


class Team(Record):
    """A group that work can be handed to."""

    creatable: ClassVar[Rule] = Rule(admin)
    editable: ClassVar[Rule] = Rule(admin)

    name = models.CharField(max_length=80, unique=True)

    objects = TeamQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name


class TeamMember(Record):
    """Somebody belongs to a team; a row of its own, so that joining and leaving are events."""

    creatable: ClassVar[Rule] = Rule(admin)
    editable: ClassVar[Rule] = Rule(admin)

    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["team", "user"],
                name="accounts_team_member_once",
                violation_error_message="This person is in this team already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} in {self.team}"
