"""New people who come by themselves."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.views.decorators.debug import sensitive_variables

from accounts.attempts import spend_registration
from accounts.models import User
from accounts.passwords import validate
from core.errors import NotPermitted
from core.lifecycle import create


def open_to(address: str) -> None:
    """Refuse if registration is closed, or this address has tried too often."""
    if not settings.REGISTRATION_OPEN:
        raise NotPermitted("Registration is closed. Ask an admin for an account.")
    spend_registration(address)


@sensitive_variables("password")
def register(*, email: str, name: str, password: str) -> User:
    """An account for a requester. Raises InvalidInput for a weak password or a taken address."""
    return create(newcomer(email=email, name=name, password=password), actor=None)


@sensitive_variables("password")
def newcomer(*, password: str, **fields: str) -> User:
    """Somebody not saved yet, with a password that is good enough."""
    user = User(**fields)
    validate(password, user=user, field="password")
    user.password = make_password(password)
    return user
