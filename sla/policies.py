"""Who may do what with calendars and policies."""

from __future__ import annotations

from core.actors import Actor


def admin(item: object, user: Actor) -> bool:
    """Only admins change calendars and service levels."""
    return user.is_admin
