"""One of several processes that race: it does what it reads, one JSON order a line, and answers each with a line."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()

from accounts.models import User  # noqa: E402
from core.api.inputs import input_serializer  # noqa: E402
from core.errors import Refused  # noqa: E402
from core.lifecycle import perform  # noqa: E402
from core.registry import find  # noqa: E402
from tests.races import scenes  # noqa: E402
from tests.races.attempts import Attempt  # noqa: E402
from tests.races.project_scenes import DEEDS  # noqa: E402


def prepare(scene: str, rounds: int) -> list[list[dict[str, Any]]]:
    """Make what the scene needs; its rounds."""
    return [[vars(attempt) for attempt in each] for each in scenes.prepare(scene, rounds)]


def attempt(by: str, item: str, name: str, body: dict[str, Any]) -> str:
    """Perform a transition, or do a deed; `won`, or the code of the refusal."""
    if name in DEEDS:
        return scenes.deed(Attempt(by, item, name, body))
    person, raced_for = User.objects.get(name=by), find(item)
    inputs = input_serializer(type(raced_for), name)(data=body, context={"actor": person})
    inputs.is_valid(raise_exception=True)
    try:
        perform(raced_for, name, actor=person, **inputs.validated_data)
    except Refused as refused:
        return refused.code
    return "won"


def tell(references: list[str]) -> dict[str, Any]:
    """What became of these items."""
    return {each: scenes.found(each) for each in references}


ORDERS = {"prepare": prepare, "attempt": attempt, "tell": tell}


if __name__ == "__main__":
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        order, given = json.loads(line)
        print(json.dumps(ORDERS[order](**given)), flush=True)
