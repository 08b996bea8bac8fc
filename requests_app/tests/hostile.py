"""What a form may not ask, because answers could keep it busy; and the worst that it may."""

from __future__ import annotations

SLOW_PATTERNS = [
    "^(a+)+$",
    "(a|a)*b",
    "a?" * 20 + "a" * 20,
    r"\\+\\+\\+\\+x",
    "[^z]*[^z]*[^z]*[^z]*!",
    r"(x)\1",
    "x|y",
]
SLOWEST_PATTERN = "[^z]*[^z]*[^z]*!"
"""Of those that are allowed."""

UNREADABLE_PATTERNS = ["(" * 6_000, "a{99999999999999}"]
MANY_ANSWERS = [{"a": number} for number in range(1_500)]
