"""By what lists of people can be narrowed."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from accounts.models import Substitution, User
from core.api.filters import (
    ChoicesFilter,
    PersonFilter,
    ReferenceFilter,
    SearchFilter,
    StrictBooleanFilter,
    StrictFilterSet,
)


class ActiveFilter(StrictBooleanFilter):
    """`true` for those who can sign in."""

    def filter(self, qs: QuerySet[Any], value: bool | None) -> QuerySet[Any]:
        if value is None:
            return qs
        status = User.Status.ACTIVE if value else User.Status.DEACTIVATED
        return qs.filter(status=status)


class UserFilterSet(StrictFilterSet):
    """Filters of accounts."""

    role = ChoicesFilter(choices=User.Role.choices)
    is_active = ActiveFilter(help_text="Whether they can sign in.")
    department = ReferenceFilter(field_name="department")
    search = SearchFilter(fields=["name", "email"])

    class Meta:
        model = User
        fields: list[str] = []


class SubstitutionFilterSet(StrictFilterSet):
    """Filters of substitutions."""

    approver = PersonFilter(field_name="approver")
    substitute = PersonFilter(field_name="substitute")

    class Meta:
        model = Substitution
        fields: list[str] = []
