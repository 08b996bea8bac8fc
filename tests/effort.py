"""How much is tried: what every commit is asked, or with `THOROUGH=1` everything, which takes its time."""

import os
from typing import TypeVar

T = TypeVar("T")

THOROUGH = os.environ.get("THOROUGH") == "1"


def enough(for_a_commit: T, for_a_release: T) -> T:
    """One of both: many cases that differ in nothing a rule knows are left to the thorough run."""
    return for_a_release if THOROUGH else for_a_commit
