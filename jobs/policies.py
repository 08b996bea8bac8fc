"""Who may do what with jobs. The first line of each docstring is what the person is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from accounts.models import User
    from jobs.models import Job


def owner(job: Job, user: User) -> bool:
    """Only whoever asked for it, or an admin, may do this."""
    return user.is_admin or (job.owner_id is not None and job.owner_id == user.pk)
