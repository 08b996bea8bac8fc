"""Which models have a lifecycle, and which of them a reference names."""

from __future__ import annotations

from django.apps import apps

from core import references
from core.lifecycle import declared
from core.models import Record


def records() -> list[type[Record]]:
    """Every model whose changes leave Events."""
    return [model for model in apps.get_models() if issubclass(model, Record)]


def lifecycles() -> list[type[Record]]:
    """Every model that declares transitions, in the order of the installed apps."""
    return [model for model in records() if declared(model)]


def append_only_tables() -> list[str]:
    """Tables that the database has to guard against rewriting."""
    guarded = (each for each in apps.get_models() if getattr(each, "is_append_only", False))
    return [model._meta.db_table for model in guarded]


def find(text: str) -> Record | None:
    """The item that `REQ-42` or `user-7` names, whoever may see it: for commands only."""
    model = model_called(text.rpartition("-")[0])
    if model is None:
        return None
    key = references.parse(model, text.rpartition("-")[2])
    return model._default_manager.filter(pk=key).first()


def model_called(prefix: str) -> type[Record] | None:
    """The kind of item whose references begin like this: `REQ`, in whatever case."""
    known = (
        each
        for each in lifecycles()
        if prefix.lower() in {prefix_of(each).lower(), each._meta.model_name}
    )
    return next(known, None)


def prefix_of(model: type[Record]) -> str:
    """What stands before the number in the model's references."""
    return getattr(model, "reference_prefix", None) or str(model._meta.model_name)
