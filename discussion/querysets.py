"""The questions one can ask about comments, mentions and choices to watch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, OuterRef
from django.db.models.functions import JSONObject

from core.actors import Actor
from core.db.json import json_rows
from core.models import AttachedQuerySet, WorkItem
from core.querysets import visible_rows

if TYPE_CHECKING:
    from discussion.models import Comment, Watch  # noqa: F401

PERSON = JSONObject(id="person_id", name="person__name")


class CommentQuerySet(AttachedQuerySet["Comment"]):
    """What people wrote."""

    def for_user(self, user: Actor) -> Self:
        """What they wrote on items that exist for this person; internal ones only for agents."""
        return super().for_user(user).readable_by(user)

    def below(self, model: type[WorkItem], pk: int, user: Actor) -> Self:
        """The same for one item, in fewer words to the database: none unless the item is visible."""
        item = visible_rows(model, user).filter(pk=pk)
        here = self.filter(subject_type=model._meta.label_lower, subject_id=pk)
        return here.filter(Exists(item)).readable_by(user)

    def readable_by(self, user: Actor) -> Self:
        """Without what is among agents, for everybody else."""
        return self if user.is_agent else self.filter(is_internal=False)

    def for_display(self) -> Self:
        """With the people whom a comment names."""
        mentions: Any = self.model._meta.get_field("mentions").related_model
        rows = mentions.objects.filter(comment=OuterRef("pk"))
        return self.select_related("author", "redacted_by").annotate(
            mention_rows=json_rows(rows, PERSON)
        )


class WatchQuerySet(AttachedQuerySet["Watch"]):
    """Choices to watch, or not to."""

    def for_user(self, user: Actor) -> Self:
        """One's own."""
        return super().for_user(user).filter(person=user.pk)
