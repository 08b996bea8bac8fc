"""Something that people do from a beginning to an end."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models

from core.actors import Actor
from core.lifecycle.needs import Rule, anyone
from core.models.record import Record


class WorkItem(Record):
    """A record with a lifecycle, a human reference (`REQ-42`) and an author."""

    reference_prefix: ClassVar[str]
    """`REQ` in `REQ-42`."""

    concerned: ClassVar[tuple[str, ...]] = ("created_by_id",)
    """The columns that name people whom it concerns: they hear of it unless they say no."""

    carries: ClassVar[bool] = True
    """Whether comments, files and links may hang on it."""

    comments_start_internal: ClassVar[bool] = False
    """Whether what an agent writes is for agents only, unless they say otherwise."""

    discussable: ClassVar[Rule] = Rule(anyone)
    """What has to be true of it when somebody writes on it, beside that it exists for them."""

    title: Any

    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        db_index=False,
    )

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """How people name it."""
        return f"{self.reference_prefix}-{self.pk}"

    def summary(self) -> dict[str, Any]:
        return {"id": self.pk, "reference": self.reference, "title": self.title}

    def was_answered(self, actor: Actor | None) -> None:
        """Somebody wrote where everybody reads who sees it; called in the same transaction."""

    def before_create(self, actor: Actor | None) -> None:
        self.created_by_id = actor.pk if actor else None
