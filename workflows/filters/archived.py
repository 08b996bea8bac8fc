"""Archived projects, and what is in them, only for those who ask for them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from core.api.filters import StrictBooleanFilter
from workflows.states import ProjectStatus


class ArchivedFilter(StrictBooleanFilter):
    """What is archived is left out unless it is asked for, by this or by its status."""

    acts_unasked = True

    def filter(self, qs: QuerySet[Any], value: bool | None) -> QuerySet[Any]:
        asked = self.parent.form.cleaned_data.get("status") or ()
        if value is None and ProjectStatus.ARCHIVED in asked:
            return qs
        rows: Any = qs
        narrowed: QuerySet[Any] = rows.archived() if value else rows.living()
        return narrowed
