"""Texts that stand on one line: names and titles, in lists, subjects and letters."""

from __future__ import annotations

import re

BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
"""What begins a new line somewhere, and what nobody can see."""


def is_one_line(text: str) -> bool:
    return BREAKS.search(text) is None


def on_one_line(text: str) -> str:
    """The same words, with a space where a line ended."""
    return BREAKS.sub(" ", text).strip()
