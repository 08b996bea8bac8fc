"""A history to look into."""

from __future__ import annotations

import pytest

from core.lifecycle import change, create, perform
from tests.lamps.models import Lamp


@pytest.fixture
def lamps(ann, ben):
    """Eleven of them, which have seen something."""
    lamps = [create(Lamp(title=f"Lamp {n}"), actor=ann, note=f"Number {n}.") for n in range(11)]
    for n, lamp in enumerate(lamps[:8]):
        perform(change(lamp, actor=ann, watts=40 + n, room="Hall"), "light", actor=ben)
    for lamp in lamps[:4]:
        perform(lamp, "smash", actor=ann, note=f"Oh: {lamp}.", crack="A hairline.")
    return lamps
