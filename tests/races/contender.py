"""One of several processes that race: it does what it reads, one JSON order a line, and answers each with a line."""

from __future__ import annotations

import json
import os
import sys
from typing import Any

import django
from django.test.utils import setup_test_environment

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
django.setup()
setup_test_environment()

from accounts.models import User  # noqa: E402
from tests.races import scenes  # noqa: E402
from tests.races.asking import ask, key_of, place_of  # noqa: E402
from tests.races.attempts import Attempt  # noqa: E402

keys: dict[str, str] = {}
"""Of those who have tried something here."""


def prepare(scene: str, rounds: int) -> list[list[dict[str, Any]]]:
    """Make what the scene needs; its rounds."""
    return [[vars(attempt) for attempt in each] for each in scenes.prepare(scene, rounds)]


def attempt(by: str, item: str, name: str, body: dict[str, Any]) -> str:
    """Ask for it over HTTP; `won`, or the code of the refusal."""
    tried = Attempt(by, item, name, body)
    if by not in keys:
        keys[by] = key_of(User.objects.get(name=by))
    return ask(tried, place_of(tried), keys[by])


ORDERS = {"prepare": prepare, "attempt": attempt, "tell": scenes.tell}


if __name__ == "__main__":
    print(json.dumps("ready"), flush=True)
    for line in sys.stdin:
        order, given = json.loads(line)
        print(json.dumps(ORDERS[order](**given)), flush=True)
