"""The approval rule: N different people say yes, counted from what they said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

from core.actors import Actor
from requests_app.models.decision import Decision, DecisionMade

if TYPE_CHECKING:
    from accounts.models import User


class DecidedByPeople(models.Model):
    """A work item whose approval follows from its decisions, never from a counter."""

    decisions: Any

    approvals_needed = models.PositiveSmallIntegerField(default=1, editable=False)
    decided_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True

    def record_decision(self, outcome: str, person: User, note: str) -> None:
        """Keep what this person said, in the transaction of the transition that asks."""
        self.decisions.create(person=person, outcome=outcome, note=note)

    def has_its_approvals(self) -> bool:
        """Whether enough different people said yes; the database keeps each to one decision."""
        given = self.decisions.filter(outcome=Decision.Outcome.APPROVE).count()
        return bool(given >= self.approvals_needed)

    @property
    def decisions_made(self) -> list[DecisionMade]:
        """Who decided what, oldest first; loaded with the row by `for_display()`, else one query."""
        rows = self.__dict__.get("decision_rows")
        if rows is None:
            made = [DecisionMade.of(each) for each in self.decisions.select_related("person")]
        else:
            made = [DecisionMade.from_json(row) for row in rows]
        return sorted(made, key=lambda decision: (decision.at, decision.person_id))

    @property
    def approvals_given(self) -> int:
        """How many people have said yes."""
        return sum(made.outcome == Decision.Outcome.APPROVE for made in self.decisions_made)

    def was_decided_by(self, person: Actor) -> bool:
        """Whether this person has spoken."""
        return any(made.person_id == person.pk for made in self.decisions_made)
