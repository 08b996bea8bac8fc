"""How commands are told a length of time."""

from __future__ import annotations

import re
from argparse import ArgumentTypeError
from datetime import timedelta

UNITS = {"d": "days", "h": "hours", "m": "minutes"}
LONGEST = timedelta(days=36_500)
_DURATION = re.compile(r"(\d{1,6})([dhm])", re.ASCII)


def duration(text: str) -> timedelta:
    """`14d`, `36h` or `90m`; the type of an option. Raises ArgumentTypeError for anything else."""
    match = _DURATION.fullmatch(text.strip().lower())
    if match is None:
        raise ArgumentTypeError(f"{text} is no length of time: say 14d, 36h or 90m.")
    length = timedelta(**{UNITS[match[2]]: int(match[1])})
    if length > LONGEST:
        raise ArgumentTypeError(f"{text} is longer than a hundred years.")
    return length
