"""By what the list of canned replies can be narrowed."""

from __future__ import annotations

from core.api.filters import ReferenceFilter, SearchFilter, StrictBooleanFilter, StrictFilterSet
from tickets.models import CannedReply


class CannedReplyFilterSet(StrictFilterSet):
    """Filters of canned replies."""

    team = ReferenceFilter(field_name="team")
    is_active = StrictBooleanFilter(field_name="is_active")
    search = SearchFilter(fields=["title", "body"])

    class Meta:
        model = CannedReply
        fields: list[str] = []
