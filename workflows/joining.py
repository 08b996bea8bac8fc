"""Joining a project by the letter that one was sent."""

from __future__ import annotations

from typing import Any

from django.views.decorators.debug import sensitive_variables

from accounts.letters import fingerprint
from core import clock
from core.errors import ConditionUnmet, InvalidInput, NotPermitted
from core.lifecycle import create
from core.querysets import visible_row
from core.transactions import atomic_with_retry
from workflows.models import InvitationLetter, Member, Project


@sensitive_variables("token")
def join(token: str, *, person: Any) -> Project:
    """The project, in which this person takes part from now on.

    Raises the same InvalidInput for a token that is wrong, used, withdrawn or too old, or somebody
    else's; ConditionUnmet for whoever takes part already.
    """
    letters = InvitationLetter.objects.usable(at=clock.now()).filter(token_hash=fingerprint(token))
    letter = letters.select_related("invitation__project").first()
    if letter is None or letter.invitation.email != person.email:
        raise _dead()
    invitation = letter.invitation
    if invitation.project.role_of(person) is not None:
        raise ConditionUnmet("You take part in this project already.")

    def joined() -> Project:
        # The project first, as whoever withdraws the invitation does.
        Project.hold(invitation.project_id)
        # Looked up and used in one statement: a letter opens the door once.
        if not letters.update(used_at=clock.now()):
            raise _dead()
        asked = {"project": invitation.project, "role": invitation.role, "invitation": invitation}
        member = create(Member(person=person, **asked), actor=person)
        project: Project = visible_row(Project, person, member.project_id)
        return project

    try:
        return atomic_with_retry(joined)
    except (NotPermitted, ConditionUnmet):
        # Withdrawn meanwhile, or the project is put away: nothing of that is told outside.
        raise _dead() from None


def _dead() -> InvalidInput:
    said = "This invitation is not valid, or not any more."
    return InvalidInput.of("token", said, code="dead_invitation")
