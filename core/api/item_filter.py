"""A list narrowed to what is about one item, whatever its kind."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field

from core import references
from core.models import Record
from core.models.attached import work_items

Named = tuple[str, int | None]
"""The kind and key of an item; no kind and no key where there is none."""


def items_by_label() -> Mapping[str, type[Record]]:
    """What can be named: every kind of work item on which something hangs."""
    return {model._meta.label_lower: model for model in work_items()}


def item_called(reference: str, kinds: Mapping[str, type[Record]]) -> tuple[str, int] | None:
    """The kind and key that a reference such as TCK-42 names, whether it exists or not."""
    for label, model in kinds.items():
        key = references.parse(model, reference) if "-" in reference else None
        if key is not None:
            return label, key
    return None


class ItemField(forms.Field):
    """The reference of an item, such as TCK-42; `none` where rows may be about nothing."""

    def __init__(
        self, *, kinds: Any = items_by_label, or_none: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.kinds, self.or_none = kinds, or_none

    def to_python(self, value: str | None) -> Named | None:
        if not value:
            return None
        if self.or_none and value == "none":
            return "", None
        found = item_called(value, self.kinds())
        if found is None:
            what = "none, or a reference" if self.or_none else "a reference"
            raise forms.ValidationError(f"Must be {what} such as TCK-42.", code="invalid")
        return found


@extend_schema_field({"type": "string", "pattern": "^[A-Za-z]+-[1-9][0-9]*$"})
class ItemFilter(django_filters.Filter):
    """What is about one item; one that does not exist has nothing."""

    field_class = ItemField

    def filter(self, qs: QuerySet[Any], value: Named | None) -> QuerySet[Any]:
        return qs.filter(subject_type=value[0], subject_id=value[1]) if value else qs


@extend_schema_field({"type": "string", "pattern": "^(none|[A-Za-z]+-[1-9][0-9]*)$"})
class ItemOrNoneFilter(ItemFilter):
    """What is about one item, or about none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(or_none=True, **kwargs)
