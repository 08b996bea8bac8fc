"""What people change about their own account."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.fields import spelled
from accounts.models import Session, User
from accounts.passwords import verify
from core.errors import InvalidInput
from core.lifecycle import change


def edit(
    user: User,
    *,
    keep: Session,
    address: str,
    current_password: str | None = None,
    expected_version: int | None = None,
    **fields: Any,
) -> User:
    """Change name or e-mail. A new e-mail asks for the password, and ends every session but `keep`."""
    moves_away = spelled(fields.get("email", user.email)) != user.email
    if moves_away or current_password is not None:
        verify(user, current_password or "", address=address)
    if moves_away:
        _refuse_taken(fields["email"])
    with transaction.atomic():
        changed = change(user, actor=user, expected_version=expected_version, **fields)
        if moves_away:
            changed.end_sessions(Session.EndReason.EMAIL_CHANGED, keep=keep)
    return changed


def _refuse_taken(email: str) -> None:
    if User.objects.filter(email=email).exists():
        raise InvalidInput.of("email", "Somebody has this address already.", code="unique")
