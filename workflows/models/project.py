"""The project and its whole life."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from django.apps import apps
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db import models
from django.db.models import F, Q
from django_fsm import RETURN_VALUE, transition

from core import clock
from core.actors import Actor
from core.fields import ChoiceField, StatusField
from core.lifecycle import Rule, anyone, change, create
from core.models import WorkItem
from workflows import policies
from workflows.querysets import ProjectQuerySet
from workflows.states import ProjectStatus, Role

if TYPE_CHECKING:
    from accounts.models import User
    from workflows.models.member import Member

TEXT = [MaxLengthValidator(10_000)]
LIVING = [ProjectStatus.ACTIVE, ProjectStatus.ON_HOLD, ProjectStatus.COMPLETED]


class Project(WorkItem):
    """What people plan together; for everybody else it does not exist."""

    Status = ProjectStatus

    reference_prefix = "PRJ"
    concerned = ("owner_id",)
    tones: ClassVar[Mapping[str, str]] = {
        "active": "progress",
        "on_hold": "held",
        "completed": "done",
        "archived": "neutral",
    }

    name = models.CharField(max_length=200)
    description = models.TextField(blank=True, validators=TEXT)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    # Not null: at least one owner, always.
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        limit_choices_to={"status": "active"},
        related_name="+",
        help_text="Who answers for it.",
    )
    archived_from = ChoiceField(ProjectStatus, blank=True, editable=False)
    archived_at = models.DateTimeField(null=True, editable=False)
    completed_at = models.DateTimeField(null=True, editable=False)
    status = StatusField(Status)

    objects = ProjectQuerySet.as_manager()

    creatable: ClassVar[Rule] = Rule(anyone)
    editable: ClassVar[Rule] = Rule(policies.owner, [policies.not_archived])
    discussable: ClassVar[Rule] = Rule(anyone, [policies.not_archived])

    class Meta:
        indexes = [
            # Every list, newest first.
            models.Index(fields=["-created_at", "-id"], name="workflows_project_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on=None) | Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="workflows_project_dates",
                violation_error_message="It has to end after it starts.",
            ),
            # What is archived knows since when, and where it goes when it is restored.
            models.CheckConstraint(
                condition=Q(status="archived", archived_at__isnull=False)
                & Q(archived_from__in=["active", "on_hold", "completed"])
                | ~Q(status="archived") & Q(archived_at=None, archived_from=""),
                name="workflows_project_archived",
            ),
        ]

    @transition(status, Status.ACTIVE, Status.ON_HOLD, permission=policies.owner)
    def pause(self) -> None:
        """Nothing is started for a while."""

    @transition(status, Status.ON_HOLD, Status.ACTIVE, permission=policies.owner)
    def resume(self) -> None:
        """Go on."""

    @transition(
        status,
        Status.ACTIVE,
        Status.COMPLETED,
        conditions=[policies.no_unfinished_workflows],
        permission=policies.owner,
    )
    def complete(self) -> None:
        """All its work has ended."""
        self.completed_at = clock.now()

    @transition(status, LIVING, permission=policies.owner)
    def transfer(self, *, owner: User, actor: User | None = None) -> None:
        """Hand it over: somebody else answers for it, and becomes an owner."""
        self._make_an_owner(owner, actor)
        self.owner = owner

    @transition(status, LIVING, Status.ARCHIVED, permission=policies.owner)
    def archive(self) -> None:
        """Put it away: nobody but its owners sees it, and nothing in it changes."""
        self.archived_from = self.status
        self.archived_at = clock.now()

    @transition(
        status,
        Status.ARCHIVED,
        RETURN_VALUE(*LIVING),
        permission=policies.owner,
    )
    def restore(self) -> str:
        """Bring it back to where it was."""
        before, self.archived_from, self.archived_at = self.archived_from, "", None
        return str(before)

    @property
    def title(self) -> str:
        """Its name, where others mention it."""
        return self.name

    @property
    def project(self) -> Project:
        """Itself: what is in it asks its project, and so can it."""
        return self

    @property
    def has_place(self) -> bool:
        return True

    @property
    def has_unfinished_workflows(self) -> bool:
        """Whether something in it still goes on."""
        return bool(self.displayed("unfinished_workflows"))

    def role_of(self, person: Actor) -> str | None:
        """What this person is in it: as it was loaded with the row, or else read now."""
        if self.__dict__.get("seen_by") == person.pk:
            return self.__dict__["seen_as"]
        if self._state.adding:  # an empty form
            return None
        return self.members.filter(person=person.pk).values_list("role", flat=True).first()

    @classmethod
    def hold(cls, pk: int) -> None:
        """Let nobody else change anything in it until the transaction ends."""
        list(cls._base_manager.filter(pk=pk).select_for_update().values_list("pk"))

    def before_create(self, actor: Actor | None) -> None:
        """Whoever begins it answers for it."""
        super().before_create(actor)
        if actor is not None:
            self.owner_id = actor.pk

    def after_create(self, actor: Actor | None) -> None:
        """Whoever answers for it takes part in it."""
        super().after_create(actor)
        create(_member(project=self, person=self.owner, role=Role.OWNER), actor=None)

    def clean(self) -> None:
        """It ends after it starts."""
        super().clean()
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": "It has to end after it starts."})

    def _make_an_owner(self, person: User, actor: Actor | None) -> None:
        member = self.members.filter(person=person).first()
        if member is None:
            create(_member(project=self, person=person, role=Role.OWNER), actor=actor)
        elif member.role != Role.OWNER:
            change(member, actor=actor, role=Role.OWNER)


def _member(**fields: Any) -> Member:
    """A new one; members stand above projects, so they are asked for by name."""
    made: Member = apps.get_model("workflows", "Member")(**fields)
    return made
