"""JSON held to what can be stored and shown again, wherever it comes from: a body, a form, a file."""

import re
from typing import Any

import orjson

from core.errors import Malformed

MAX_DEPTH = 20
_STRING = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)


def loads(raw: bytes) -> Any:
    """The value that these bytes spell. Raises Malformed, saying where, for all that is doubtful."""
    try:
        value = orjson.loads(raw)
    except orjson.JSONDecodeError as error:
        where = f"line {error.lineno}, column {error.colno}"
        raise Malformed(f"This is not valid JSON: {error.msg} ({where}).") from error
    members = _checked_members(value)
    # Outside of strings a colon appears exactly once per member; orjson keeps the last of a pair.
    if members != _STRING.sub(b"", raw).count(b":"):
        raise Malformed("This names the same key twice in one object.")
    return value


def _checked_members(root: Any) -> int:
    """How many members all objects have together; refuses what must not be stored."""
    members = 0
    # A list around it, not counted, lets a bare value be checked like any other.
    pending: list[tuple[dict[str, Any] | list[Any], int]] = [([root], 0)]
    while pending:
        container, depth = pending.pop()
        if depth > MAX_DEPTH:
            raise Malformed(f"This is nested more than {MAX_DEPTH} levels deep.")
        values: Any = container
        if isinstance(container, dict):
            members += len(container)
            for key in container:
                _check_scalar(key)
            values = container.values()
        for value in values:
            if isinstance(value, dict | list):
                pending.append((value, depth + 1))
            else:
                _check_scalar(value)
    return members


def _check_scalar(value: str | int | float | bool | None) -> None:
    if isinstance(value, str):
        if "\0" in value:
            raise Malformed("This contains a NUL character.")
    elif value is not None and not _fits(value):
        raise Malformed("This contains a number that does not fit 64 bits.")


def _fits(number: float) -> bool:
    # An integer past 64 bits arrives as a float that is rounded already, at the least to -2**63.
    lowest_is_fine = isinstance(number, int)
    return abs(number) < 2**63 or (lowest_is_fine and number == -(2**63))
