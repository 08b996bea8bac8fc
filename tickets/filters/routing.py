"""By what the list of routing rules can be narrowed."""

from __future__ import annotations

from core.api.filters import ReferenceFilter, StrictBooleanFilter, StrictFilterSet
from tickets.models import RoutingRule


class RoutingRuleFilterSet(StrictFilterSet):
    """Filters of routing rules."""

    team = ReferenceFilter(field_name="team")
    is_active = StrictBooleanFilter(field_name="is_active")

    class Meta:
        model = RoutingRule
        fields: list[str] = []
