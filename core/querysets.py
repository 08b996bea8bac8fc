"""Where every read starts: what one may see."""

from __future__ import annotations

from functools import cache
from typing import Any, Self, TypeVar

from django.db import models, router

from core import compiled
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
    question = row_question(model, shown, router.db_for_write(model))
    if question is None:
        return next(iter(_row(model, actor, shown).filter(pk=pk)), None)  # first() would sort it
    values = {compiled.ROW: pk, compiled.PERSON: actor and actor.pk}
    return next(iter(question.worded_for(actor).rows(values)), None)


@cache
def row_question(model: type[models.Model], shown: bool, using: str) -> compiled.Statements | None:
    """What `visible_row()` asks; None for a model whose scope depends on more than the person."""
    if not isinstance(model._default_manager.all(), ScopedQuerySet):
        return None
    return compiled.Statements(
        lambda actor: _row(model, actor, shown).using(using).filter(pk=compiled.ROW)
    )


def _row(model: type[models.Model], actor: Actor | None, shown: bool) -> Any:
    rows = visible_rows(model, actor)
    return rows.for_display() if shown else rows


class ScopedQuerySet(models.QuerySet[M]):
    """The vocabulary of questions about one model, and the only way to its rows."""

    def for_user(self, user: Actor) -> Self:
        """What this person may see; everything else does not exist for them.

        It is put into SQL once for all who answer alike what it asks of them; of who they are it
        takes only ``user.pk``. So it may depend on nothing else: not on the time, not on a setting.
        """
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
