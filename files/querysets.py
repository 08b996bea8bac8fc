"""The questions one can ask about files."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Self

from django.db.models import Exists, Q, Sum

from core.actors import Actor
from core.models import AttachedQuerySet, WorkItem
from core.models.attached import within_sight
from core.querysets import visible_rows
from files.states import UNEXAMINED, FileStatus

if TYPE_CHECKING:
    from files.models import File  # noqa: F401


class FileQuerySet(AttachedQuerySet["File"]):
    """What people uploaded."""

    def for_user(self, user: Actor) -> Self:
        """What hangs on items that exist for this person, and what they keep for themselves; admins all.

        What was taken away exists, without its bytes, for whoever uploaded it and for agents.
        """
        if user.is_admin:
            return self
        own = Q(subject_id=None, created_by=user.pk)
        return self.filter(within_sight(user) | own).readable_by(user)

    def below(self, model: type[WorkItem], pk: int, user: Actor) -> Self:
        """What hangs on one item, in fewer words to the database: none unless the item is visible."""
        item = visible_rows(model, user).filter(pk=pk)
        here = self.filter(subject_type=model._meta.label_lower, subject_id=pk)
        return here.filter(Exists(item)).readable_by(user)

    def readable_by(self, user: Actor) -> Self:
        """Without what is among agents, and without what others took away, for everybody else."""
        if user.is_agent:
            return self
        gone = Q(status=FileStatus.DELETED) & ~Q(created_by=user.pk)
        return self.filter(is_internal=False).exclude(gone)

    def for_display(self) -> Self:
        return self.select_related("created_by")

    def living(self) -> Self:
        """Not taken away."""
        return self.exclude(status=FileStatus.DELETED)

    def stored(self) -> Self:
        """Whose bytes have to be there."""
        return self.filter(purged_at=None)

    def unexamined(self, *, since: datetime) -> Self:
        """Still waiting for the scanner, and nothing has moved since."""
        return self.filter(status__in=UNEXAMINED, updated_at__lte=since)

    def unpurged(self, *, since: datetime) -> Self:
        """Taken away before this, and the bytes are still there."""
        gone = self.filter(status=FileStatus.DELETED, purged_at=None)
        return gone.filter(updated_at__lte=since)

    def volume_of(self, person: Any) -> int:
        """How many bytes somebody has stored."""
        found = self.living().filter(created_by=person).aggregate(bytes=Sum("size"))
        return found["bytes"] or 0
