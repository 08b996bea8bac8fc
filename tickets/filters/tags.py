"""By what the list of tags can be narrowed."""

from __future__ import annotations

from core.api.filters import SearchFilter, StrictBooleanFilter, StrictFilterSet
from tickets.models import Tag


class TagFilterSet(StrictFilterSet):
    """Filters of tags."""

    is_active = StrictBooleanFilter(field_name="is_active")
    search = SearchFilter(fields=["slug", "description"])

    class Meta:
        model = Tag
        fields: list[str] = []
