"""What people of the demo write to each other, and who listens."""

from __future__ import annotations

from accounts.models import User
from core.lifecycle import create
from core.models import WorkItem
from discussion.models import Comment
from discussion.watching import choose


def say(item: WorkItem, person: User, text: str, *, internal: bool = False) -> None:
    """A comment; what agents write among themselves, requesters never see."""
    create(Comment(body=text, is_internal=internal).attach_to(item), actor=person)


def watch(item: WorkItem, person: User) -> None:
    """From now on this person hears of it."""
    choose(item, person, watching=True)
