"""By what comments can be narrowed."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field

from core import references
from core.api.filters import PersonFilter, StrictBooleanFilter, StrictFilterSet
from core.models.attached import work_items
from discussion.models import Comment


class ItemField(forms.Field):
    """The reference of a work item, such as TCK-42."""

    def to_python(self, value: str | None) -> tuple[str, int] | None:
        if not value:
            return None
        for model in work_items():
            key = references.parse(model, value) if "-" in value else None
            if key is not None:
                return model._meta.label_lower, key
        raise forms.ValidationError("Must be a reference such as TCK-42.", code="invalid")


@extend_schema_field({"type": "string", "pattern": "^[A-Za-z]+-[1-9][0-9]*$"})
class ItemFilter(django_filters.Filter):
    """What hangs on one item; one that does not exist has nothing."""

    field_class = ItemField

    def filter(self, qs: QuerySet[Any], value: tuple[str, int] | None) -> QuerySet[Any]:
        return qs.filter(subject_type=value[0], subject_id=value[1]) if value else qs


class CommentFilterSet(StrictFilterSet):
    """Filters of comments."""

    item = ItemFilter(help_text="A reference such as `TCK-42`.")
    author = PersonFilter(field_name="author")
    mentions = PersonFilter(field_name="mentions__person")
    internal = StrictBooleanFilter(field_name="is_internal")

    class Meta:
        model = Comment
        fields: list[str] = []


class CommentsBelowFilterSet(StrictFilterSet):
    """Filters of the comments on one item."""

    author = PersonFilter(field_name="author")
    internal = StrictBooleanFilter(field_name="is_internal")

    class Meta:
        model = Comment
        fields: list[str] = []
