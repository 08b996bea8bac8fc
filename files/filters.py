"""By what files can be narrowed."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field

from core import references
from core.api.filters import (
    ChoicesFilter,
    MomentFilter,
    PersonFilter,
    ReferenceFilter,
    SearchFilter,
    StrictBooleanFilter,
    StrictFilterSet,
)
from core.models.attached import work_items
from files.kinds import MEDIA_TYPES
from files.models import File

LARGEST = 2**63 - 1


class StandingFilter(ChoicesFilter):
    """Where files stand; what was taken away is left out unless it is asked for."""

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        rows: Any = qs
        living: QuerySet[Any] = rows.living()
        return super().filter(qs, value) if value else living


class ItemField(forms.Field):
    """`none`, or the reference of a work item, such as TCK-42."""

    def to_python(self, value: str | None) -> tuple[str, int | None] | None:
        if not value:
            return None
        if value == "none":
            return "", None
        for model in work_items():
            key = references.parse(model, value) if "-" in value else None
            if key is not None:
                return model._meta.label_lower, key
        raise forms.ValidationError("Must be none, or a reference such as TCK-42.", code="invalid")


@extend_schema_field({"type": "string", "pattern": "^(none|[A-Za-z]+-[1-9][0-9]*)$"})
class ItemFilter(django_filters.Filter):
    """What hangs on one item, or on none; one that does not exist has nothing."""

    field_class = ItemField

    def filter(self, qs: QuerySet[Any], value: tuple[str, int | None] | None) -> QuerySet[Any]:
        return qs.filter(subject_type=value[0], subject_id=value[1]) if value else qs


class SizeField(forms.IntegerField):
    """A number of bytes."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{**kwargs, "min_value": 0, "max_value": LARGEST})


@extend_schema_field({"type": "integer", "minimum": 0})
class SizeFilter(django_filters.Filter):
    """`size_min` (inclusive) and `size_max` (inclusive), in bytes."""

    field_class = SizeField


class FilesBelowFilterSet(StrictFilterSet):
    """Filters of the files of one item."""

    status = StandingFilter(choices=File.Status.choices)
    created_by = PersonFilter(field_name="created_by")
    department = ReferenceFilter(
        field_name="created_by__department", help_text="Of whoever uploaded it."
    )
    type = ChoicesFilter(field_name="content_type", choices=[(each, each) for each in MEDIA_TYPES])
    internal = StrictBooleanFilter(field_name="is_internal")
    size_min = SizeFilter(field_name="size", lookup_expr="gte")
    size_max = SizeFilter(field_name="size", lookup_expr="lte")
    created_after = MomentFilter(field_name="created_at", lookup_expr="gte")
    created_before = MomentFilter(field_name="created_at", lookup_expr="lt")
    search = SearchFilter(fields=["title"])

    class Meta:
        model = File
        fields: list[str] = []


class FileFilterSet(FilesBelowFilterSet):
    """Filters of files."""

    item = ItemFilter(help_text="A reference such as `TCK-42`, or `none`.")

    class Meta(FilesBelowFilterSet.Meta):
        pass
