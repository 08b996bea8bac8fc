"""Places in an order as short texts: between any two there is always another, so nothing is renumbered.

A key is a whole part and a fraction. The first letter of the whole part says how long it is (`a0`,
`b00`, `c000` … upwards, `Zz`, `Yzz` … downwards), so that adding at an end keeps keys short; the
fraction never ends with the lowest digit. Keys sort by their bytes.
"""

from __future__ import annotations

import string
from itertools import zip_longest

DIGITS = string.digits + string.ascii_uppercase + string.ascii_lowercase
LOWEST, HIGHEST = DIGITS[0], DIGITS[-1]
FIRST = "a0"


def between(before: str | None, after: str | None) -> str:
    """A key after the one and before the other; None is the beginning or the end of the order."""
    if before is not None and after is not None and before >= after:
        raise ValueError(f"Nothing lies between {before} and {after}.")
    if before is None:
        return FIRST if after is None else _ahead_of(after)
    if after is None:
        return _behind(before)
    return _inside(before, after)


def is_key(text: str) -> bool:
    """Whether this was made by `between`."""
    if not text or not text[0].isalpha() or set(text) - set(DIGITS):
        return False
    whole, fraction = _split(text)
    return len(whole) == _length(text[0]) and not fraction.endswith(LOWEST)


def _inside(before: str, after: str) -> str:
    (whole, fraction), (upper_whole, upper_fraction) = _split(before), _split(after)
    if whole == upper_whole:
        return whole + _middle(fraction, upper_fraction)
    following = _next_whole(whole)
    if following is not None and following < after:
        return following
    return whole + _middle(fraction, None)


def _ahead_of(key: str) -> str:
    whole, fraction = _split(key)
    if fraction:
        return whole
    previous = _previous_whole(whole)
    if previous is None:
        raise ValueError("There is no place ahead of this.")
    return previous


def _behind(key: str) -> str:
    whole, fraction = _split(key)
    following = _next_whole(whole)
    return whole + _middle(fraction, None) if following is None else following


def _split(key: str) -> tuple[str, str]:
    length = _length(key[0])
    return key[:length], key[length:]


def _length(head: str) -> int:
    """How long a whole part with this first letter is."""
    return ord(head) - ord("a") + 2 if head >= "a" else ord("Z") - ord(head) + 2


def _next_whole(whole: str) -> str | None:
    """The next one; None after the very last."""
    head, digits = whole[0], whole[1:]
    if rest := digits.rstrip(HIGHEST):
        raised = DIGITS[DIGITS.index(rest[-1]) + 1]
        return head + rest[:-1] + raised + LOWEST * (len(digits) - len(rest))
    if head == "Z":
        return FIRST
    return None if head == "z" else _lowest_with(chr(ord(head) + 1))


def _previous_whole(whole: str) -> str | None:
    """The one before; None before the very first."""
    head, digits = whole[0], whole[1:]
    if rest := digits.rstrip(LOWEST):
        lowered = DIGITS[DIGITS.index(rest[-1]) - 1]
        return head + rest[:-1] + lowered + HIGHEST * (len(digits) - len(rest))
    if head == "a":
        return "Z" + HIGHEST
    return None if head == "A" else _highest_with(chr(ord(head) - 1))


def _lowest_with(head: str) -> str:
    return head + LOWEST * (_length(head) - 1)


def _highest_with(head: str) -> str:
    return head + HIGHEST * (_length(head) - 1)


def _middle(low: str, high: str | None) -> str:
    """A fraction between two; no upper bound is one whole."""
    if high and (common := _shared(low, high)):
        return high[:common] + _middle(low[common:], high[common:])
    first = DIGITS.index(low[0]) if low else 0
    last = DIGITS.index(high[0]) if high else len(DIGITS)
    if last - first > 1:
        return DIGITS[(first + last) // 2]
    if high and len(high) > 1:
        return high[0]
    return DIGITS[first] + _middle(low[1:], None)


def _shared(low: str, high: str) -> int:
    """How many digits both begin with; what is missing at the end counts as the lowest digit."""
    pairs = zip_longest(low[: len(high)], high, fillvalue=LOWEST)
    return next(count for count, (one, other) in enumerate(pairs) if one != other)
