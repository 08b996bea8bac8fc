"""By what notifications can be narrowed."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet

from core.api.filters import ChoicesFilter, StrictBooleanField, StrictFilterSet
from core.api.item_filter import ItemFilter
from notifications.models import Notification
from notifications.subjects import subjects
from notifications.topics import Topic


class UnreadFilter(django_filters.BooleanFilter):
    """`true`: what one has not read; `false`: what one has."""

    field_class = StrictBooleanField

    def filter(self, qs: QuerySet[Any], value: bool | None) -> QuerySet[Any]:
        return qs if value is None else qs.filter(read_at__isnull=value)


class NotificationFilterSet(StrictFilterSet):
    """Filters of notifications."""

    unread = UnreadFilter()
    item = ItemFilter(kinds=subjects, help_text="A reference such as `TCK-42`.")
    topic = ChoicesFilter(choices=Topic.choices)

    class Meta:
        model = Notification
        fields: list[str] = []
