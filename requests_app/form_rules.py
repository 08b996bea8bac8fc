"""What a form may ask of answers, judged at a cost that a stranger's answers cannot drive up."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import orjson
from jsonschema import Draft202012Validator, FormatChecker, validators
from jsonschema.exceptions import ValidationError

# Python's regular expressions backtrack: one group repeated in another can take for ever. A row of
# characters, each repeated at most, on a short text, is the part of them that cannot.
_ONE = r"(?:\\[^0-9]|\[\^?+(?:\\.|[^\\\[\]])+\]|[^\\\[\](){}*+?|])"
_STEP = _ONE + r"(?:\{\d{1,3}\}|([*+?]|\{\d{1,3},\d{0,3}\}))?"
MOST_VARYING = 3
LONGEST_MATCHED = 200

# References could leave the house, or never end; property names have patterns of their own.
FORBIDDEN = frozenset({"$ref", "$dynamicRef", "patternProperties"})


def forbidden(node: Any) -> Iterator[str]:
    """Every keyword in a schema that no form may use."""
    if isinstance(node, dict):
        yield from sorted(FORBIDDEN.intersection(node))
    for child in _children(node):
        yield from forbidden(child)


def slow_patterns(node: Any) -> Iterator[str]:
    """Every pattern in a schema that might take long to match."""
    pattern = node.get("pattern") if isinstance(node, dict) else None
    if isinstance(pattern, str) and not _is_quick(pattern):
        yield pattern
    for child in _children(node):
        yield from slow_patterns(child)


def _children(node: Any) -> Iterator[Any]:
    if isinstance(node, dict | list):
        yield from node.values() if isinstance(node, dict) else node


def _is_quick(pattern: str) -> bool:
    varying = sum(bool(repeat) for repeat in re.findall(_STEP, pattern))
    return bool(re.fullmatch(f"(?:{_STEP})*+", pattern)) and varying <= MOST_VARYING


def _pattern(validator: Any, wanted: str, given: Any, schema: Any) -> Iterator[ValidationError]:
    if not isinstance(given, str):
        return
    if len(given) > LONGEST_MATCHED:
        yield ValidationError(f"At most {LONGEST_MATCHED} characters, please.")
    elif not re.search(wanted, given):
        yield ValidationError(f"This does not match {wanted}")


def _unique_items(
    validator: Any, wanted: bool, given: Any, schema: Any
) -> Iterator[ValidationError]:
    # The library compares each with each.
    if wanted and isinstance(given, list) and len({_spelled(each) for each in given}) < len(given):
        yield ValidationError("Each only once, please.")


def _spelled(value: Any) -> bytes:
    return orjson.dumps(_plain(value), option=orjson.OPT_SORT_KEYS)


def _plain(value: Any) -> Any:
    """JSON knows one kind of number: 1.0 is 1."""
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_plain(each) for each in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


FormValidator = validators.extend(
    Draft202012Validator, {"pattern": _pattern, "uniqueItems": _unique_items}
)

# A regular expression that somebody types would be compiled, at whatever cost.
FORMATS = FormatChecker(formats=set(Draft202012Validator.FORMAT_CHECKER.checkers) - {"regex"})
