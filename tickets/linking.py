"""Linking: what one ticket or request has to do with another, and the questions about it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple, Self

from django.apps import apps
from django.db.models import (
    BooleanField,
    Case,
    ExpressionWrapper,
    JSONField,
    OuterRef,
    Q,
    Subquery,
    TextChoices,
    When,
)
from django.db.models.functions import JSONObject

from core.actors import Actor
from core.models import WorkItem
from core.models.attached import within_sight
from core.querysets import ScopedQuerySet

if TYPE_CHECKING:
    from tickets.models import Link  # noqa: F401

LINKABLE = ("requests_app.servicerequest", "tickets.ticket")
"""The kinds of items that are linked."""


class LinkKind(TextChoices):
    """What the source of a link does to its target."""

    BLOCKS = "blocks"
    DUPLICATES = "duplicates"
    RELATES_TO = "relates_to"

    @property
    def inverse(self) -> str:
        """What the target would say of the source."""
        return INVERSES[self]

    @property
    def has_direction(self) -> bool:
        return self.inverse != self.value


INVERSES = {
    LinkKind.BLOCKS: "blocked_by",
    LinkKind.DUPLICATES: "duplicated_by",
    LinkKind.RELATES_TO: "relates_to",
}
WORDS = tuple(dict.fromkeys(word for kind in LinkKind for word in (kind.value, kind.inverse)))
"""Every way in which an item can speak of a link."""


class End(NamedTuple):
    """One end of a link: the label of a model, and the id of an item."""

    label: str
    id: int

    @classmethod
    def of(cls, item: WorkItem) -> Self:
        return cls(item._meta.label_lower, item.pk)

    @property
    def model(self) -> type[WorkItem]:
        model: Any = apps.get_model(self.label)
        return model

    @property
    def reference(self) -> str:
        """How people name the item; without asking the database."""
        return f"{self.model.reference_prefix}-{self.id}"


class LinkQuerySet(ScopedQuerySet["Link"]):
    """What has to do with what."""

    def for_user(self, user: Actor) -> Self:
        """A link exists for those for whom both of its ends do."""
        return self.filter(
            within_sight(user, type_column="source_type", id_column="source_id"),
            within_sight(user, type_column="target_type", id_column="target_id"),
        )

    def for_display(self) -> Self:
        """With what is shown of both ends, in the one statement."""
        return self.annotate(source_shown=_shown("source"), target_shown=_shown("target"))

    def of(self, item: WorkItem) -> Self:
        """Those that have this item at either end."""
        return self.filter(_at("source", [End.of(item)]) | _at("target", [End.of(item)]))

    def seen_from(self, item: WorkItem) -> Self:
        """Those of this item, each knowing whether the item is its source."""
        is_source = ExpressionWrapper(_at("source", [End.of(item)]), BooleanField())
        return self.of(item).annotate(outward=is_source)

    def lead(self, kind: LinkKind, start: End, goal: End) -> bool:
        """Whether whoever follows links of this kind from one item arrives at the other."""
        reached = frontier = {start}
        while frontier and goal not in reached:
            onwards = self.filter(_at("source", frontier), kind=kind)
            found = {End(*each) for each in onwards.values_list("target_type", "target_id")}
            frontier = found - reached
            reached = reached | found
        return goal in reached


def _at(side: str, ends: Iterable[End]) -> Q:
    """Links that have one of these items on this side."""
    found, ends = Q(pk__in=[]), list(ends)
    for label in {end.label for end in ends}:
        ids = [end.id for end in ends if end.label == label]
        found |= Q(**{f"{side}_type": label, f"{side}_id__in": ids})
    return found


def _shown(side: str) -> Case:
    """Title and status of the item on this side, whichever kind it is."""
    shown = JSONObject(title="title", status="status")
    kinds = []
    for label in LINKABLE:
        rows: Any = apps.get_model(label)._base_manager
        item = rows.filter(pk=OuterRef(f"{side}_id")).values(shown=shown)
        kinds.append(When(**{f"{side}_type": label}, then=Subquery(item)))
    return Case(*kinds, output_field=JSONField())
