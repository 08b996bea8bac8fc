"""Who else is there in the stories of tickets."""

from __future__ import annotations

import pytest

from accounts.models import User


@pytest.fixture
def carl(person) -> User:
    """Another agent."""
    return person("carl", role="agent")
