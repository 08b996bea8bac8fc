"""Rows with a place in the order of what they hang on."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Max, Min

from core.actors import Actor
from core.errors import ConditionUnmet, InvalidInput
from workflows.models.in_project import InProject
from workflows.positions import between

LONGEST_KEY = 1_000


class PositionField(models.CharField):
    """A key of an order, compared by its bytes in either database."""

    def db_parameters(self, connection: Any) -> Any:
        parameters = super().db_parameters(connection)
        # SQLite compares bytes anyway.
        collation = {"collation": "C"} if connection.vendor == "postgresql" else {}
        return {**parameters, **collation}


class Placed(InProject):
    """Has a place among the others; putting it elsewhere writes this row only.

    `change(task, actor=ann, after=other)` puts it right behind the other one.
    """

    position = PositionField(max_length=LONGEST_KEY, editable=False)

    after: Self | None = None
    before: Self | None = None

    class Meta:
        abstract = True

    def before_create(self, actor: Actor | None) -> None:
        """What is new comes last."""
        super().before_create(actor)
        self.position = self._place()

    def before_change(self, changed: frozenset[str], actor: Actor | None) -> None:
        """Find its new place, where it is given one."""
        super().before_change(changed, actor)
        if self.after or self.before or f"{self.parent}_id" in changed:
            self.position = self._place()

    def _place(self) -> str:
        """The key between its new neighbours; under the lock of the project."""
        low, high = self._key_of("after"), self._key_of("before")
        if low is not None and high is not None and low >= high:
            raise InvalidInput.of("before", "It has to stand behind the other one.")
        others = self._others()
        if high is not None and low is None:
            low = others.filter(position__lt=high).aggregate(key=Max("position"))["key"]
        elif low is not None:
            high = others.filter(position__gt=low).aggregate(key=Min("position"))["key"]
        else:
            low = others.aggregate(key=Max("position"))["key"]
        key = between(low, high)
        if len(key) > LONGEST_KEY:
            raise ConditionUnmet("There is no room left just here: put it one place further.")
        return key

    def _others(self) -> models.QuerySet[Any]:
        above = f"{self.parent}_id"
        rows = type(self)._base_manager.filter(**{above: getattr(self, above)})
        return rows.exclude(pk=self.pk)

    def _key_of(self, name: str) -> str | None:
        neighbour = getattr(self, name)
        if neighbour is None:
            return None
        key: str | None = (
            self._others().filter(pk=neighbour.pk).values_list("position", flat=True).first()
        )
        if key is None:
            raise InvalidInput.of(name, "There is no such choice.", code="does_not_exist")
        return key
