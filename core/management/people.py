"""How commands name a person."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError


def person_at(email: str) -> Any:
    """The person with this e-mail address, in any spelling. Raises CommandError if there is none."""
    person = get_user_model()._default_manager.filter(email=email).first()
    if person is None:
        raise CommandError(f"There is nobody with the e-mail address {email.strip()}.")
    return person
