"""Fields with a closed set of values, which the database holds them to: statuses and choices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models.signals import class_prepared
from django_fsm import FSMField, FSMFieldDescriptor

HISTORICAL = "__fake__"
"""Where Django puts the models of migrations."""


@dataclass(frozen=True)
class Move:
    """One transition that ran on an instance and has not been saved yet."""

    action: str
    source: str
    target: str


class StatusDescriptor(FSMFieldDescriptor):
    """Refuses a new status from outside a transition, but not the same one again.

    Django's ``full_clean()`` assigns every cleaned value back, the status included.
    """

    def __set__(self, instance: Any, value: Any) -> None:
        if instance.__dict__.get(self.field.name) == value:
            return
        super().__set__(instance, value)


class KnownValues(models.Field):
    """Brings the CHECK that keeps unknown values out of the table, however a row is written."""

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only=private_only)
        # In migrations, the constraint is in the state.
        if not (cls._meta.abstract or cls.__module__ == HISTORICAL or self.choices is None):
            known = [value for value, _ in self.flatchoices] + [""] * self.blank
            constraint = models.CheckConstraint(
                condition=models.Q(**{f"{name}__in": known}),
                name=f"{cls._meta.app_label}_{cls._meta.model_name}_{name}",
            )
            cls._meta.constraints = [*cls._meta.constraints, constraint]
            cls._meta.original_attrs["constraints"] = cls._meta.constraints


class ChoiceField(KnownValues, models.CharField):
    """One of a `TextChoices`: ``ChoiceField(Priority, default=Priority.MEDIUM)``."""

    def __init__(self, choices: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("max_length", 20)
        super().__init__(choices=getattr(choices, "choices", choices), **kwargs)


class StatusField(KnownValues, FSMField):
    """Where an item stands in its lifecycle; only transitions change it.

    ``StatusField(Status)`` starts at the first member of the ``TextChoices``. Every transition that
    runs is remembered on the instance, so that ``save()`` can write its Event.
    """

    descriptor_class = StatusDescriptor

    def contribute_to_class(self, cls: Any, name: str, private_only: bool = False) -> None:
        """In migrations, models have no transitions to look for: thousands would be asked for theirs."""
        super().contribute_to_class(cls, name, private_only=private_only)
        if cls.__module__ == HISTORICAL:
            class_prepared.disconnect(self._collect_transitions)

    def __init__(self, states: type[models.TextChoices] | None = None, **kwargs: Any) -> None:
        if states is not None:
            kwargs.setdefault("choices", states.choices)
            kwargs.setdefault("default", states.values[0])
        kwargs.setdefault("max_length", 20)
        kwargs.setdefault("protected", True)
        kwargs.setdefault("editable", False)
        super().__init__(**kwargs)

    def change_state(self, instance: Any, method: Any, *args: Any, **kwargs: Any) -> Any:
        source = self.get_state(instance)
        result = super().change_state(instance, method, *args, **kwargs)
        instance.remember(Move(method.__name__, str(source), str(self.get_state(instance))))
        return result
