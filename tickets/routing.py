"""Routing: the questions by which a new ticket finds its team, and somebody in it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tickets.querysets import AgentsQuerySet

if TYPE_CHECKING:
    from accounts.models import User
    from tickets.models import RoutingRule, Ticket


class RoutingRuleQuerySet(AgentsQuerySet):
    """Which tickets go to which team."""

    def for_display(self) -> Self:
        return self.select_related("category", "tag", "department", "team")

    def winner(
        self, *, category: int | None, tags: Collection[str], department: int | None
    ) -> RoutingRule | None:
        """The first active rule that fits; ``tags`` are slugs, the others ids."""
        fits = (
            (Q(category=None) | Q(category=category))
            & (Q(tag=None) | Q(tag__slug__in=tags))
            & (Q(department=None) | Q(department=department))
        )
        found = self.filter(fits, is_active=True).for_display()
        rule: RoutingRule | None = found.order_by("position", "pk").first()
        return rule

    def route(self, ticket: Ticket) -> None:
        """Hand a new ticket to the rule that wins it; without one it stays where it is."""
        rule = self.winner(
            category=ticket.category_id, tags=ticket.tags, department=ticket.department_id
        )
        if rule is not None:
            rule.take(ticket)


def next_in_turn(agents: QuerySet[User], *, after: int | None) -> User | None:
    """The one after this id, and after the last of them the first again."""
    in_order = agents.order_by("pk")
    later = in_order.filter(pk__gt=after) if after is not None else in_order
    return later.first() or in_order.first()


def least_loaded(agents: QuerySet[User]) -> User | None:
    """Who has the fewest open tickets; among equals whoever has been here longest."""
    tickets: Any = agents.model._meta.get_field("assigned_tickets").related_model
    open_ones = tickets.objects.open().filter(assignee=OuterRef("pk")).order_by()
    load = open_ones.values("assignee").annotate(load=Count("pk")).values("load")
    return agents.annotate(load=Coalesce(Subquery(load), 0)).order_by("load", "pk").first()
