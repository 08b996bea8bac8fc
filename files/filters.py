"""By what files can be narrowed."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field

from core.api.filters import (
    ChoicesFilter,
    MomentFilter,
    PersonFilter,
    ReferenceFilter,
    SearchFilter,
    StrictBooleanFilter,
    StrictFilterSet,
)
from core.api.item_filter import ItemOrNoneFilter
from files.kinds import MEDIA_TYPES
from files.models import File

LARGEST = 2**63 - 1


class StandingFilter(ChoicesFilter):
    """Where files stand; what was taken away is left out unless it is asked for."""

    acts_unasked = True

    def filter(self, qs: QuerySet[Any], value: list[str]) -> QuerySet[Any]:
        rows: Any = qs
        living: QuerySet[Any] = rows.living()
        return super().filter(qs, value) if value else living


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

    item = ItemOrNoneFilter(help_text="A reference such as `TCK-42`, or `none`.")

    class Meta(FilesBelowFilterSet.Meta):
        pass
