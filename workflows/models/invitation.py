"""Invitations: somebody is asked by letter to take part in a project."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django_fsm import transition

from accounts.models.letter import Letter
from core import clock
from core.actors import Actor
from core.errors import ConditionUnmet
from core.fields import ChoiceField, StatusField
from core.lifecycle import Rule, nobody, perform
from workflows import policies
from workflows.models.in_project import InProject
from workflows.models.project import Project
from workflows.querysets import InvitationLetterQuerySet, InvitationQuerySet
from workflows.states import Role

if TYPE_CHECKING:
    from workflows.models.member import Member

LIFETIME = timedelta(days=7)
MOST_PENDING = 100
MOST_A_DAY = 100


class Invitation(InProject):
    """Whoever gets the letter can join with an account of that address; once, and for seven days."""

    class Status(models.TextChoices):
        PENDING = "pending"
        ACCEPTED = "accepted"
        WITHDRAWN = "withdrawn"

    tones: ClassVar[dict[str, str]] = {
        "pending": "waiting",
        "accepted": "done",
        "withdrawn": "cancelled",
    }

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="invitations", db_index=False, editable=False
    )
    email = models.EmailField("e-mail")
    role = ChoiceField(Role, default=Role.VIEWER)
    expires_at = models.DateTimeField(editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    status = StatusField(Status)

    objects = InvitationQuerySet.as_manager()

    creatable: ClassVar[Rule] = Rule(policies.owner, [policies.not_archived])

    class Meta:
        constraints = [
            # Nobody is asked twice at once; also finds the invitations of a project.
            models.UniqueConstraint(
                fields=["project", "email"],
                condition=Q(status="pending"),
                name="workflows_invitation_once",
                violation_error_message="This address is invited already.",
            ),
            models.CheckConstraint(
                condition=Q(email=Lower("email")), name="workflows_invitation_lower"
            ),
        ]
        indexes = [
            models.Index(fields=["project", "-id"], name="workflows_invitation_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.project}"

    @transition(status, Status.PENDING, Status.WITHDRAWN, permission=policies.owner)
    def withdraw(self) -> None:
        """Make its letter worthless."""
        self.letters.use_up()

    @transition(status, Status.PENDING, Status.ACCEPTED, permission=nobody)
    def accept(self) -> None:
        """Whoever was invited has joined."""

    def is_for(self, member: Member, person: Actor) -> bool:
        """Whether this person may become this member by it, now."""
        return (
            (self.project_id, self.role) == (member.project_id, member.role)
            and person.pk == member.person_id
            and self.email == member.person.email
            and type(self).objects.all().standing(at=clock.now()).filter(pk=self.pk).exists()
        )

    def before_create(self, actor: Actor | None) -> None:
        """It is good for seven days; an older one that nobody used makes room."""
        self.email = self.email.lower()
        self.expires_at = clock.now() + LIFETIME
        self.created_by_id = actor.pk if actor else None
        super().before_create(actor)
        pending = self.project.invitations.filter(status=self.Status.PENDING)
        for over in pending.filter(expires_at__lte=clock.now()).order_by("pk"):
            perform(over, "withdraw", actor=None)
        if pending.count() >= MOST_PENDING:
            raise ConditionUnmet(f"At most {MOST_PENDING} invitations wait for an answer.")
        if actor is not None:
            _refuse_a_flood(actor)

    def after_create(self, actor: Actor | None) -> None:
        """A worker sends the letter."""
        super().after_create(actor)
        InvitationLetter.objects.create(invitation=self)


def _refuse_a_flood(person: Actor) -> None:
    """Letters to strangers are a way to pester them: so many a day from one person, in all projects."""
    # Held, so that nobody counts twice at once; rows that only name this person need not wait.
    people = get_user_model()._base_manager.filter(pk=person.pk)
    list(people.select_for_update(no_key=True).values_list("pk"))
    since = clock.now() - timedelta(days=1)
    sent = Invitation._base_manager.filter(created_by=person.pk, created_at__gt=since)
    if sent.count() >= MOST_A_DAY:
        raise ConditionUnmet(f"At most {MOST_A_DAY} invitations in 24 hours: send the rest later.")


class InvitationLetter(Letter):
    """What somebody is sent who is invited."""

    invitation = models.ForeignKey(Invitation, models.CASCADE, related_name="letters")

    objects: ClassVar[Any] = InvitationLetterQuerySet.as_manager()

    class Meta:
        constraints = [
            # One token opens one door.
            models.UniqueConstraint(
                fields=["token_hash"],
                condition=~Q(token_hash=""),
                name="workflows_letter_token",
            ),
        ]
        indexes = [
            # What the worker sends next.
            models.Index(fields=["due_at"], condition=Q(sent_at=None), name="workflows_unsent"),
        ]

    def __str__(self) -> str:
        return f"Letter to {self.invitation.email}"

    @property
    def lifetime(self) -> timedelta:
        """Seven days from the invitation on, however late the letter is sent."""
        return self.invitation.expires_at - clock.now()
