"""How attempts are made: over HTTP, as a front end makes them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from rest_framework.test import APIClient

from accounts import tokens
from accounts.models import Session, User
from accounts.sign_in import open_session
from core.registry import find
from tests.conformance.discovery import surface_of
from tests.races.attempts import Attempt

MOST_TIMES = 20
"""How often somebody comes again: on a busy machine eight at once outlast the patience of a lock."""


def key_of(person: User) -> str:
    """With what this person's requests are sent."""
    session = open_session(person, way=Session.Way.BEARER, address="", user_agent="")
    return f"Bearer {tokens.issue(session)}"


def ask(attempt: Attempt, place: str | None, key: str) -> str:
    """Try it; `won`, or the code of the refusal. Whoever is told to come again does so, as a front end would."""
    client = APIClient(headers={"Authorization": key})
    for _ in range(MOST_TIMES):
        if place is None:
            answer = DEEDS[attempt.name](client, attempt)
        else:
            answer = client.post(place, attempt.body, format="json")
        if "Retry-After" not in answer:
            break
    return "won" if answer.status_code < 300 else str(answer.json()["code"])


def place_of(attempt: Attempt) -> str | None:
    """Where the API takes this transition; None for a deed, which has an address of its own."""
    if attempt.name in DEEDS:
        return None
    surface: Any = surface_of(type(find(attempt.item)))
    return str(surface.url(f"perform_{attempt.name}", attempt.item))


def wait_for(client: APIClient, attempt: Attempt) -> Any:
    """A task is to wait for another."""
    return client.post(f"/api/tasks/{attempt.item}/dependencies/", attempt.body, format="json")


def leave(client: APIClient, attempt: Attempt) -> Any:
    """Somebody takes part no longer."""
    found = client.get(f"/api/projects/{attempt.item}/members/")
    if found.status_code != 200:
        return found
    members = {row["person"]["name"]: row["id"] for row in found.json()["results"]}
    if attempt.by not in members:  # taken in again between the list and the look at the project
        return leave(client, attempt)
    return client.delete(f"/api/members/{members[attempt.by]}/")


def give(client: APIClient, attempt: Attempt) -> Any:
    """Somebody is to do it."""
    return client.patch(f"/api/tasks/{attempt.item}/", attempt.body, format="json")


DEEDS: Mapping[str, Callable[[APIClient, Attempt], Any]] = {
    deed.__name__: deed for deed in (wait_for, leave, give)
}
"""What people do beside transitions."""
