"""Where every read starts: what one may see."""

from __future__ import annotations

from typing import Any, Self, TypeVar

from django.db import models

from core.actors import Actor

M = TypeVar("M", bound=models.Model)


def visible_rows(model: type[models.Model], actor: Actor | None) -> Any:
    """The rows of a model that exist for this person; for FlowTrack itself (None), all of them."""
    rows: Any = model._default_manager
    return rows.all() if actor is None else rows.for_user(actor)


def visible_row(
    model: type[models.Model], actor: Actor | None, pk: Any, *, shown: bool = True
) -> Any:
    """The one row with this key, or None where it does not exist for this person.

    ``shown`` adds what a shown row needs; its permissions and conditions may rest on that too.
    """
    rows = visible_rows(model, actor)
    rows = rows.for_display() if shown else rows
    return next(iter(rows.filter(pk=pk)), None)  # first() would sort what is one row


class ScopedQuerySet(models.QuerySet[M]):
    """The vocabulary of questions about one model, and the only way to its rows."""

    def for_user(self, user: Actor) -> Self:
        """What this person may see; everything else does not exist for them."""
        raise NotImplementedError(f"{type(self).__name__} does not say what a person may see.")

    def for_display(self) -> Self:
        """With the joins and annotations that a shown row needs, in one statement."""
        return self

    def update(self, **values: Any) -> int:
        """Refused: it would change rows without rules, version and Event."""
        raise TypeError("Use perform() or change(): update() would leave no Event.")

    def bulk_create(self, *args: Any, **kwargs: Any) -> Any:
        """Refused, like update()."""
        raise TypeError("Use create(): bulk_create() would leave no Event.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> Any:
        """Refused, like update()."""
        raise TypeError("Use perform() or change(): bulk_update() would leave no Event.")
