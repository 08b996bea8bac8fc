"""Who works in the admin."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest

from core.actors import Actor


def actor_of(request: HttpRequest) -> Actor:
    """The signed-in person; the admin lets nobody else in."""
    return cast(Actor, request.user)
