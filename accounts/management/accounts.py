"""How commands name an account."""

from __future__ import annotations

from django.core.management.base import CommandError

from accounts.fields import spelled
from accounts.models import User


def account(email: str) -> User:
    """The account with this address. Raises CommandError if there is none."""
    user = User.objects.filter(email=email).first()
    if user is None:
        raise CommandError(f"There is no account for {spelled(email)}.")
    return user
