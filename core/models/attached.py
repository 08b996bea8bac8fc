"""Something that hangs on a work item, whichever kind: comments, files, links."""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from core.actors import Actor
from core.models.record import Record
from core.models.work_item import WorkItem
from core.querysets import ScopedQuerySet, visible_row, visible_rows

A = TypeVar("A", bound="Attached")


def work_items() -> list[type[WorkItem]]:
    """Every kind of work item on which something may hang."""
    models = apps.get_models()
    return [each for each in models if issubclass(each, WorkItem) and each.carries]


def within_sight(
    user: Actor, *, type_column: str = "subject_type", id_column: str = "subject_id"
) -> Q:
    """Rows that name a work item which exists for this person; the scope of each kind, once."""
    found = Q(pk__in=[])
    for model in work_items():
        # EXISTS and not IN: the database then asks for each row, instead of collecting every item.
        visible = visible_rows(model, user).filter(pk=OuterRef(id_column))
        found |= Q(Exists(visible), **{type_column: model._meta.label_lower})
    return found


class AttachedQuerySet(ScopedQuerySet[A]):
    """What hangs on work items."""

    def of(self, item: WorkItem) -> Self:
        """What hangs on this one."""
        return self.filter(subject_type=item._meta.label_lower, subject_id=item.pk)

    def for_user(self, user: Actor) -> Self:
        """What hangs on items that exist for this person."""
        return self.filter(within_sight(user))


class Attached(Record):
    """Hangs on one work item for good, and exists for those for whom the item does."""

    subject_type = models.CharField(max_length=80, editable=False)
    subject_id = models.BigIntegerField(editable=False)

    class Meta:
        abstract = True

    @property
    def subject_model(self) -> type[WorkItem]:
        """The kind of item that it hangs on."""
        model: Any = apps.get_model(self.subject_type)
        return model

    @property
    def subject_reference(self) -> str:
        """How people name the item; without asking the database."""
        return f"{self.subject_model.reference_prefix}-{self.subject_id}"

    def attach_to(self, item: WorkItem) -> Self:
        """Say on which item it hangs; before it is created, once."""
        self.subject_type, self.subject_id = item._meta.label_lower, item.pk
        return self

    def subject_seen_by(self, actor: Actor | None) -> WorkItem | None:
        """The item, where it exists for this person (None is FlowTrack itself); one query."""
        item: WorkItem | None = visible_row(self.subject_model, actor, self.subject_id)
        return item
