"""Where the people of the demo work."""

from __future__ import annotations

from random import Random

SITES = ("Head office", "North clinic", "Harbour office")


def room(random: Random) -> str:
    """`B2.14`: building, floor, door."""
    return f"{random.choice('ABC')}{random.randint(1, 4)}.{random.randint(1, 28):02d}"
