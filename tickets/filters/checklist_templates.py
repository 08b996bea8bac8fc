"""By what the list of checklist templates can be narrowed."""

from __future__ import annotations

from core.api.filters import SearchFilter, StrictBooleanFilter, StrictFilterSet
from tickets.models import ChecklistTemplate


class ChecklistTemplateFilterSet(StrictFilterSet):
    """Filters of checklist templates."""

    is_active = StrictBooleanFilter(field_name="is_active")
    search = SearchFilter(fields=["name", "description"])

    class Meta:
        model = ChecklistTemplate
        fields: list[str] = []
