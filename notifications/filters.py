"""By what notifications can be narrowed."""

from __future__ import annotations

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema_field

from core import references
from core.api.filters import ChoicesFilter, StrictBooleanField, StrictFilterSet
from notifications.models import Notification
from notifications.subjects import subjects
from notifications.topics import Topic


def item_called(reference: str) -> tuple[str, int] | None:
    """The kind and key that a reference such as TCK-42 names, whether it exists or not."""
    for label, model in subjects().items():
        key = references.parse(model, reference) if "-" in reference else None
        if key is not None:
            return label, key
    return None


class ItemField(forms.Field):
    """The reference of an item, such as TCK-42."""

    def to_python(self, value: str | None) -> tuple[str, int] | None:
        if not value:
            return None
        found = item_called(value)
        if found is None:
            raise forms.ValidationError("Must be a reference such as TCK-42.", code="invalid")
        return found


@extend_schema_field({"type": "string", "pattern": "^[A-Za-z]+-[1-9][0-9]*$"})
class ItemFilter(django_filters.Filter):
    """What is about one item."""

    field_class = ItemField

    def filter(self, qs: QuerySet[Any], value: tuple[str, int] | None) -> QuerySet[Any]:
        return qs.filter(subject_type=value[0], subject_id=value[1]) if value else qs


class UnreadFilter(django_filters.BooleanFilter):
    """`true`: what one has not read; `false`: what one has."""

    field_class = StrictBooleanField

    def filter(self, qs: QuerySet[Any], value: bool | None) -> QuerySet[Any]:
        return qs if value is None else qs.filter(read_at__isnull=value)


class NotificationFilterSet(StrictFilterSet):
    """Filters of notifications."""

    unread = UnreadFilter()
    item = ItemFilter(help_text="A reference such as `TCK-42`.")
    topic = ChoicesFilter(choices=Topic.choices)

    class Meta:
        model = Notification
        fields: list[str] = []
