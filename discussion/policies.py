"""Who may say, change and take back what. The first line of each docstring is what the person is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from core.actors import Actor
from core.lifecycle import needs

if TYPE_CHECKING:
    from discussion.models import Comment, Watch


def internal_only_by_agents(comment: Comment, user: Actor) -> bool:
    """Only agents write internal comments."""
    return user.is_agent or not comment.is_internal


def author(comment: Comment, user: Actor) -> bool:
    """Only its author changes a comment."""
    return user.pk == comment.author_id


def author_or_agent(comment: Comment, user: Actor) -> bool:
    """Only its author or an agent takes a comment away."""
    return user.is_agent or user.pk == comment.author_id


def oneself(watch: Watch, user: Actor) -> bool:
    """Everybody watches for themselves."""
    return user.pk == watch.person_id


not_redacted = needs(
    "It was taken away: there is nothing to change.",
    lambda comment: not comment.is_redacted,
)
