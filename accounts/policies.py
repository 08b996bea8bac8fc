"""Who may do what with accounts. The first line of each docstring is what the person is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.actors import Actor

if TYPE_CHECKING:
    from accounts.models import Substitution, User


def admin(item: object, user: Actor) -> bool:
    """Only admins may do this."""
    return user.is_admin


def admin_or_oneself(account: User, user: Actor) -> bool:
    """Only admins may change somebody else's account."""
    return user.is_admin or account.pk == user.pk


def admin_but_not_oneself(account: User, user: Actor) -> bool:
    """Only admins may do this, and not to themselves."""
    return user.is_admin and account.pk != user.pk


def approver_or_admin(substitution: Substitution, user: Actor) -> bool:
    """Only the approver, or an admin, manages an approver's substitutes."""
    # Left open, the approver is whoever asks.
    return user.is_admin or substitution.approver_id in (None, user.pk)
