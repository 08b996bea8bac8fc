"""Who may bring, have and take away files. The first line of each docstring is what the person is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.actors import Actor

if TYPE_CHECKING:
    from files.models import File


def internal_only_by_agents(file: File, user: Actor) -> bool:
    """Only agents hang internal files on an item."""
    return user.is_agent or not file.is_internal


def uploader_or_agent(file: File, user: Actor) -> bool:
    """Only whoever uploaded it, or an agent, takes a file away."""
    return user.is_agent or user.pk == file.created_by_id
