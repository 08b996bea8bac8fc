"""Canned replies: what agents write again and again."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.core.validators import MaxLengthValidator
from django.db import models

from core.lifecycle import Rule
from core.models import Record
from tickets import placeholders, policies
from tickets.querysets import CannedReplyQuerySet

if TYPE_CHECKING:
    from accounts.models import User
    from tickets.models.ticket import Ticket


class CannedReply(Record):
    """A reply written once, with placeholders that are filled in for each ticket."""

    creatable: ClassVar[Rule] = Rule(policies.agent)
    editable: ClassVar[Rule] = Rule(policies.agent)

    title = models.CharField(max_length=100, help_text="How agents find it.")
    body = models.TextField(
        validators=[MaxLengthValidator(10_000), placeholders.refuse_unknown],
        help_text="Markdown, with placeholders such as {{ ticket.reference }}.",
    )
    team = models.ForeignKey(
        "accounts.Team",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="Whose it is; empty is for all.",
    )
    is_active = models.BooleanField("active", default=True, help_text="Whether it is offered.")

    objects = CannedReplyQuerySet.as_manager()

    class Meta:
        verbose_name = "canned reply"
        verbose_name_plural = "canned replies"

    def __str__(self) -> str:
        return self.title

    def for_ticket(self, ticket: Ticket, *, agent: User) -> str:
        """Its Markdown as this agent would write it on this ticket."""
        return placeholders.fill(self.body, ticket, agent=agent)
