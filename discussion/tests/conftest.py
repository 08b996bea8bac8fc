"""An item to talk about."""

from __future__ import annotations

from typing import Any

import pytest

from core.lifecycle import create
from discussion.models import Comment
from tests.lamps.models import Lamp


@pytest.fixture
def lamp(ann: Any) -> Lamp:
    """Ann's; agents see it too, zoe does not."""
    return create(Lamp(title="Desk lamp"), actor=ann)


@pytest.fixture
def say(lamp: Lamp) -> Any:
    """`say(ben, "It flickers.", internal=True)`."""

    def written(person: Any, body: str, *, internal: bool | None = None) -> Comment:
        comment = Comment(body=body, is_internal=internal).attach_to(lamp)
        return create(comment, actor=person)

    return written
