"""Query parameters are a closed list: nothing in the address is silently ignored."""

from collections.abc import Collection
from typing import Any

from rest_framework.request import Request

from core.errors import FieldError, InvalidInput


def refuse_unknown_parameters(
    request: Request,
    known: Collection[str],
    *,
    repeatable: Collection[str] = (),
    may_be_empty: Collection[str] = (),
) -> None:
    """Raises InvalidInput naming every parameter that is unknown, repeated or empty."""
    errors = []
    for name, values in request.query_params.lists():
        if name not in known:
            errors.append(_wrong(name, "unknown_parameter", "There is no such parameter here."))
        elif len(values) > 1 and name not in repeatable:
            errors.append(_wrong(name, "repeated_parameter", "Give this parameter once."))
        elif "" in values and name not in may_be_empty:
            errors.append(_wrong(name, "empty_parameter", "Give this parameter a value."))
    if errors:
        raise InvalidInput(errors=errors)


def requested_includes(request: Request, view: Any) -> frozenset[str]:
    """The extras of `?include=count,…`. Raises InvalidInput outside the view's closed `includes`."""
    closed: Collection[str] = getattr(view, "includes", ())
    given = ",".join(request.query_params.getlist("include"))
    wanted = frozenset(given.split(",")) if given else frozenset()
    if unknown := wanted.difference(closed):
        known = ", ".join(sorted(closed)) or "nothing"
        raise InvalidInput.of("include", f"“{min(unknown)[:100]}” is not one of: {known}.")
    return wanted


def _wrong(name: str, code: str, message: str) -> FieldError:
    return FieldError(name[:100], code, message)
