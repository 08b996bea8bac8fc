"""What people can be told about: work items, and the few other kinds of rows that admins look after."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.apps import apps

from core.models import Record, WorkItem

LOOKED_AFTER = ("notifications.webhookendpoint",)
"""Kinds that are no work items, and can fail."""


@cache
def subjects() -> dict[str, type[Record]]:
    """Each kind of row that a notification can be about, by its label."""
    return {
        model._meta.label_lower: model
        for model in apps.get_models()
        if issubclass(model, WorkItem)
        or (issubclass(model, Record) and model._meta.label_lower in LOOKED_AFTER)
    }


def reference_of(subject_type: str, subject_id: int) -> str:
    """How people name it; without asking the database."""
    model: Any = subjects()[subject_type]
    prefix = getattr(model, "reference_prefix", None) or model._meta.verbose_name.capitalize()
    return f"{prefix}-{subject_id}"


def title_of(item: Any) -> str:
    """What it is called."""
    return str(getattr(item, "title", item))
