"""Members: who takes part in a project, and as what."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models, transaction

from core.actors import Actor
from core.errors import ConditionUnmet, InvalidInput, NotPermitted
from core.fields import ChoiceField
from core.lifecycle import Rule, mark, perform
from core.lifecycle.needs import reason_of
from workflows import policies
from workflows.models.in_project import InProject
from workflows.models.invitation import Invitation
from workflows.models.project import Project
from workflows.querysets import MemberQuerySet
from workflows.states import EDITORS, Role

MOST_MEMBERS = 500


class Member(InProject):
    """Somebody takes part in a project; whoever answers for it always does, as an owner."""

    Role = Role

    project = models.ForeignKey(
        Project, models.PROTECT, related_name="members", db_index=False, editable=False
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        limit_choices_to={"status": "active"},
        related_name="+",
    )
    role = ChoiceField(Role, default=Role.VIEWER)
    invitation = models.OneToOneField(
        Invitation, models.SET_NULL, null=True, editable=False, related_name="+"
    )

    objects = MemberQuerySet.as_manager()

    creatable: ClassVar[Rule] = Rule(policies.owner_or_invited, [policies.not_archived])
    editable: ClassVar[Rule] = Rule(
        policies.owner_or_oneself, [policies.not_archived, policies.not_accountable]
    )

    class Meta:
        constraints = [
            # Everybody takes part once; also finds the members of a project, and each scope.
            models.UniqueConstraint(
                fields=["project", "person"],
                name="workflows_member_once",
                violation_error_message="This person takes part already.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.project}"

    def summary(self) -> dict[str, Any]:
        return {"id": self.pk, "name": str(self.person)}

    def before_create(self, actor: Actor | None) -> None:
        """A project stays a circle that one can look over; an invitation is used up."""
        super().before_create(actor)
        if self.project.members.count() >= MOST_MEMBERS:
            raise ConditionUnmet(f"A project has at most {MOST_MEMBERS} members.")
        if self.invitation is not None:
            self.invitation.accept()
            self.invitation.save(actor=actor)

    def before_change(self, changed: frozenset[str], actor: Actor | None) -> None:
        """Nobody gives themselves a role, and who may not edit has no tasks."""
        super().before_change(changed, actor)
        if "person_id" in changed:
            raise InvalidInput.of("person", "This is settled when it is made.", code="settled")
        if changed and actor is not None and not policies.owner(self, actor):
            raise NotPermitted(reason_of(policies.owner))
        if self.role != Role.OWNER:
            self._withdraw_invitations(f"{self.person} invites no longer.")
        if self.role not in EDITORS:
            self._hand_back_tasks(f"{self.person} edits no longer.")

    def delete(
        self, *args: Any, actor: Actor | None = None, **kwargs: Any
    ) -> tuple[int, dict[str, int]]:
        """Whoever takes part no longer has nothing left to do, and asks nobody in."""
        with transaction.atomic():
            self._withdraw_invitations(f"{self.person} takes part no longer.")
            self._hand_back_tasks(f"{self.person} takes part no longer.")
            return super().delete(*args, actor=actor, **kwargs)

    def _hand_back_tasks(self, note: str) -> None:
        """What is done keeps who did it."""
        tasks: Any = self.person.tasks.filter(workflow__project=self.project_id)
        for task in tasks.open().order_by("pk"):
            mark(task, "unassigned", note=note, assignee=None)

    def _withdraw_invitations(self, note: str) -> None:
        if self.person.is_admin:  # who invites without taking part
            return
        sent = self.project.invitations.filter(created_by=self.person_id)
        for invitation in sent.filter(status=Invitation.Status.PENDING).order_by("pk"):
            perform(invitation, "withdraw", actor=None, note=note)

    def _read_parent_again(self, actor: Actor | None) -> None:
        if self.invitation is None:
            super()._read_parent_again(actor)
            return
        # For whom is invited the project does not exist yet.
        super()._read_parent_again(None)
        self.invitation = Invitation._base_manager.get(pk=self.invitation.pk)
