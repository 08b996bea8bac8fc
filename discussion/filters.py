"""By what comments can be narrowed."""

from __future__ import annotations

from core.api.filters import PersonFilter, StrictBooleanFilter, StrictFilterSet
from core.api.item_filter import ItemFilter
from discussion.models import Comment


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
