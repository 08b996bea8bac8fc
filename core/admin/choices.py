"""Related rows are chosen by their keys, also in a form that comes back with something else in it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.admin.options import BaseModelAdmin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import ForeignKey
from django.http import HttpRequest

from core import references


class KeyedSelect(AutocompleteSelect):
    """The stock one asks the database for whatever was sent, and breaks where that is no key."""

    def optgroups(self, name: str, value: Sequence[str], attrs: Any = None) -> Any:
        model = self.field.related_model
        return super().optgroups(name, [v for v in value if references.parse(model, v)], attrs)


class KeyedChoices(BaseModelAdmin):
    """Uses it for every relation that completes what is typed."""

    def formfield_for_foreignkey(
        self, db_field: ForeignKey[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeyedSelect(db_field, self.admin_site))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
