"""Lists of the admin: filtered, searched and chosen from only as the page offers."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import SuspiciousOperation, ValidationError
from django.http import HttpRequest, HttpResponse

from core.admin.pages import CappedPaginator
from core.api.filters import SEARCH_LENGTH

# What the filters of the stock admin put behind a field's name.
COMPARISONS = frozenset({"exact", "isnull"})


class ClosedList(admin.ModelAdmin):
    """Stock Django compares any column in any way, a password's hash and a regular expression too."""

    paginator = CappedPaginator
    show_full_result_count = False

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        """Whether one of the page's own filters asks this."""
        offered = [_asked_by(each) for each in self.get_list_filter(request)]
        path, _, comparison = lookup.rpartition("__")
        is_asked_by_a_field = comparison in COMPARISONS and path.removesuffix("__id") in offered
        return lookup in offered or is_asked_by_a_field

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[Any, bool]:
        """As much of the search as a database can be asked."""
        return super().get_search_results(request, queryset, search_term[:SEARCH_LENGTH])

    def response_action(
        self, request: HttpRequest, queryset: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse | None:
        """Rows are chosen by their keys; other words are no choice of ours."""
        try:
            for chosen in request.POST.getlist(ACTION_CHECKBOX_NAME):
                self.opts.pk.clean(chosen, None)
        except ValidationError as error:
            raise SuspiciousOperation("These are no rows.") from error
        return super().response_action(request, queryset, *args, **kwargs)


def _asked_by(listed: Any) -> Any:
    """The name in the address of one that is listed: a field, a field with its filter, or a filter."""
    return listed[0] if isinstance(listed, tuple) else getattr(listed, "parameter_name", listed)
