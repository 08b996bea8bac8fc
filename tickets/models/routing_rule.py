"""Routing rules: whose queue a new ticket joins, and who gets it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.db import models

from accounts.models import User
from core.fields import ChoiceField
from core.lifecycle import Rule, mark
from core.models import Record
from tickets import policies
from tickets.models.tag import Tag
from tickets.routing import RoutingRuleQuerySet, least_loaded, next_in_turn

if TYPE_CHECKING:
    from tickets.models.ticket import Ticket

CRITERIA = ("category", "tag", "department")


class RoutingRule(Record):
    """Sends new tickets of one kind to one team; of all rules that fit, the first one wins."""

    class Distribution(models.TextChoices):
        NONE = "none", "To nobody yet"
        ROUND_ROBIN = "round_robin", "To each in turn"
        LEAST_LOADED = "least_loaded", "To whoever has the fewest open tickets"

    creatable: ClassVar[Rule] = Rule(policies.admin)
    editable: ClassVar[Rule] = Rule(policies.admin)

    name = models.CharField(max_length=100)
    position = models.PositiveSmallIntegerField(
        default=0, help_text="The lowest that fits wins; among equals the older one."
    )
    is_active = models.BooleanField("active", default=True, help_text="Whether it is asked at all.")
    category = models.ForeignKey(
        "requests_app.Category",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The ticket's; empty fits any.",
    )
    tag = models.ForeignKey(
        Tag,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="One of the ticket's; empty fits any.",
    )
    department = models.ForeignKey(
        "accounts.Department",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="The requester's; empty fits any.",
    )
    team = models.ForeignKey(
        "accounts.Team", models.PROTECT, related_name="+", help_text="Whose queue it joins."
    )
    distribution = ChoiceField(
        Distribution, default=Distribution.NONE, help_text="To whom in the team it is given."
    )

    objects = RoutingRuleQuerySet.as_manager()

    class Meta:
        verbose_name = "routing rule"

    def __str__(self) -> str:
        return self.name

    @property
    def why(self) -> str:
        """What makes it fit: `Rule "Hardware": category is Hardware and tag is vpn.`"""
        given = [(name, getattr(self, name)) for name in CRITERIA]
        met = [f"{name} is {value}" for name, value in given if value is not None]
        return f'Rule "{self.name}": {" and ".join(met) or "it fits every ticket"}.'

    def take(self, ticket: Ticket) -> None:
        """Put the ticket into the team's queue, given to somebody where the rule says so."""
        note = f"{self.why} Team: {self.team}."
        found: dict[str, Any] = {"team": self.team}
        if self.distribution != self.Distribution.NONE and ticket.assignee_id is None:
            person, words = self._choose()
            note = f"{note} {words}"
            found |= {"assignee": person} if person else {}
        mark(ticket, "routed", note=note, **found)

    def _choose(self) -> tuple[User | None, str]:
        """Who gets it, and why; tickets that arrive together are given out one after the other."""
        # A row beside the rule, so that admins who edit the rule neither wait nor collide with it.
        turn, _ = Turn.objects.select_for_update().get_or_create(rule=self)
        roles = [User.Role.AGENT, User.Role.ADMIN]
        agents = User.objects.active().filter(role__in=roles, memberships__team=self.team_id)
        if self.distribution == self.Distribution.LEAST_LOADED:
            person, words = least_loaded(agents), "has the fewest open tickets"
        else:
            person, words = next_in_turn(agents, after=turn.last_id), "is next in turn"
            turn.last = person or turn.last
            turn.save()
        return person, f"{person} {words}." if person else "Nobody in it can take it now."


class Turn(models.Model):
    """Whose turn it was last under a rule: bookkeeping, not a decision, so it leaves no Event."""

    rule = models.OneToOneField(RoutingRule, models.PROTECT, related_name="turn")
    last = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False
    )

    def __str__(self) -> str:
        return f"{self.rule}: {self.last_id}"
