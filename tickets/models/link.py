"""Links: one ticket or request has to do with another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from core.actors import Actor
from core.db.turns import one_at_a_time
from core.errors import ConditionUnmet, InvalidInput
from core.fields import ChoiceField
from core.lifecycle import Rule
from core.models import Record, WorkItem
from core.querysets import visible_row
from tickets import policies
from tickets.linking import LINKABLE, End, LinkKind, LinkQuerySet

IN_ORDER = Q(source_type__lt=F("target_type")) | Q(
    source_type=F("target_type"), source_id__lte=F("target_id")
)


@dataclass(frozen=True)
class LinkedItem:
    """An item at an end of a link, as others mention it."""

    id: int
    reference: str
    title: str
    status: str


class Link(Record):
    """Its source blocks, duplicates or relates to its target; made and taken away, never edited."""

    Kind = LinkKind

    creatable: ClassVar[Rule] = Rule(policies.agent)
    editable: ClassVar[Rule] = Rule(policies.agent)

    kind = ChoiceField(LinkKind)
    source_type = models.CharField(max_length=80, editable=False)
    source_id = models.BigIntegerField(editable=False)
    target_type = models.CharField(max_length=80, editable=False)
    target_id = models.BigIntegerField(editable=False)

    objects = LinkQuerySet.as_manager()

    class Meta:
        constraints = [
            # Two items are linked once in one way; also finds the links of a source.
            models.UniqueConstraint(
                fields=["source_type", "source_id", "target_type", "target_id", "kind"],
                name="tickets_link_once",
                violation_error_message="They are linked like this already.",
            ),
            models.CheckConstraint(
                condition=Q(source_type__in=LINKABLE, target_type__in=LINKABLE),
                name="tickets_link_of_tickets_and_requests",
                violation_error_message="Only tickets and requests are linked.",
            ),
            models.CheckConstraint(
                condition=~Q(source_type=F("target_type"), source_id=F("target_id")),
                name="tickets_link_not_with_itself",
                violation_error_message="Nothing is linked with itself.",
            ),
            # What has no direction is kept in one order, so that it is unique from both ends.
            models.CheckConstraint(
                condition=~Q(kind=LinkKind.RELATES_TO) | IN_ORDER,
                name="tickets_link_one_direction",
            ),
        ]
        indexes = [
            # The links of a target.
            models.Index(fields=["target_type", "target_id"], name="tickets_link_target"),
        ]

    def __str__(self) -> str:
        words = str(self.get_kind_display()).lower()
        return f"{self.source.reference} {words} {self.target.reference}"

    @classmethod
    def between(cls, item: WorkItem, word: str, other: WorkItem) -> Self:
        """A new one in the words of the first: `Link.between(ticket, "blocked_by", request)`."""
        source, target = End.of(item), End.of(other)
        if word not in LinkKind.values:
            source, target = target, source
            word = next(kind.value for kind in LinkKind if kind.inverse == word)
        if not LinkKind(word).has_direction:
            source, target = sorted([source, target])
        return cls(
            kind=word,
            source_type=source.label,
            source_id=source.id,
            target_type=target.label,
            target_id=target.id,
        )

    @property
    def source(self) -> End:
        return End(self.source_type, self.source_id)

    @property
    def target(self) -> End:
        return End(self.target_type, self.target_id)

    @property
    def word(self) -> str:
        """What the item that it was `seen_from()` says of the other one."""
        return str(self.kind) if self.far_side == "target" else LinkKind(self.kind).inverse

    @property
    def far_side(self) -> str:
        """On which side the other end is, for the item that it was `seen_from()`."""
        return "target" if self.__dict__["outward"] else "source"

    @property
    def far(self) -> End:
        """The other end, for the item that it was `seen_from()`."""
        return self.target if self.far_side == "target" else self.source

    @property
    def other(self) -> LinkedItem:
        """What is there."""
        return self.shown(self.far_side)

    def shown(self, side: str) -> LinkedItem:
        """The item at its "source" or "target"; loaded with the row by `for_display()`."""
        end: End = getattr(self, side)
        return LinkedItem(id=end.id, reference=end.reference, **self.__dict__[f"{side}_shown"])

    def save(self, *, note: str = "", **kwargs: Any) -> None:
        """Its history says what was linked, also when the link is gone."""
        super().save(note=note or str(self), **kwargs)

    def before_create(self, actor: Actor | None) -> None:
        """Both ends exist for whoever links them, and what has a direction never leads back."""
        for end in (self.source, self.target):
            if end.label in LINKABLE and not visible_row(end.model, actor, end.id, shown=False):
                raise InvalidInput.of("item", "There is no such choice.", code="does_not_exist")
        kind = LinkKind(self.kind)
        if kind.has_direction and self.source != self.target:
            self._refuse_a_circle(kind)

    def _refuse_a_circle(self, kind: LinkKind) -> None:
        # Two links that close a circle need not share an end: locking the ends would not do.
        one_at_a_time(f"{self._meta.label_lower} {kind.value}")
        if type(self).objects.lead(kind, self.target, self.source):
            raise ConditionUnmet(
                f"{self.target.reference} {kind.label.lower()} {self.source.reference} already,"
                " perhaps by way of others: that would be a circle."
            )
