"""Routes below an item that answer with rows which belong to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action

from core.api.ordering import Ordering

BY_AGE: Mapping[str, Ordering] = {"id": Ordering("id")}
IN_THEIR_ORDER: Mapping[str, Ordering] = {"position": Ordering("position"), "id": Ordering("id")}


def rows_below(
    serializer_class: Any,
    *,
    summary: str,
    orderings: Mapping[str, Ordering] = BY_AGE,
    default_ordering: str = "id",
    filterset_class: Any = None,
    **more: Any,
) -> Callable[[Any], Any]:
    """Declare a `GET` of the rows below one item, in pages like every list; ``more`` is for `@action`."""
    route = action(
        detail=True,
        answers_many=True,
        serializer_class=serializer_class,
        filterset_class=filterset_class,
        orderings=orderings,
        default_ordering=default_ordering,
        includes=frozenset({"count"}),
        **more,
    )
    described = extend_schema(summary=summary, responses=serializer_class(many=True))
    return lambda method: described(route(method))
