"""Human references such as REQ-42, accepted wherever an id is."""

import re

from django.db.models import Model

LARGEST_ID = 2**63 - 1
_REFERENCE = re.compile(r"(?:([A-Za-z]+)-)?([1-9][0-9]{0,18})", re.ASCII)


def parse(model: type[Model], text: str) -> int | None:
    """The id that "42" or "REQ-42" names on this model, or None if it names none."""
    match = _REFERENCE.fullmatch(text)
    if not match:
        return None
    prefix, number = match.group(1), int(match.group(2))
    expected = getattr(model, "reference_prefix", None)
    if prefix and (not expected or prefix.upper() != expected.upper()):
        return None
    return number if number <= LARGEST_ID else None
