"""By what the list of links can be narrowed."""

from __future__ import annotations

from core.api.filters import ChoicesFilter, StrictFilterSet
from tickets.models import Link


class LinkFilterSet(StrictFilterSet):
    """Filters of links."""

    kind = ChoicesFilter(choices=Link.Kind.choices)

    class Meta:
        model = Link
        fields: list[str] = []
