"""As little as a lifecycle can be: this file and `surfaces.py` are all of it."""

from django.db import models
from django_fsm import transition

from core.fields import StatusField
from core.lifecycle import Rule, anyone
from core.models import WorkItem
from core.querysets import ScopedQuerySet


def agent(bell, user):
    """Only agents do this."""
    return user.is_agent


class BellQuerySet(ScopedQuerySet):
    def for_user(self, user):
        return self if user.is_agent else self.filter(created_by=user.pk)

    def for_display(self):
        return self.select_related("created_by")


class Bell(WorkItem):
    """Something that rings once."""

    Status = models.TextChoices("Status", {"SILENT": "silent", "RUNG": "rung"})
    reference_prefix, creatable, editable = "BEL", Rule(anyone), Rule(anyone)

    title = models.CharField(max_length=100)
    status = StatusField(Status)
    objects = BellQuerySet.as_manager()

    @transition(status, Status.SILENT, Status.RUNG, permission=agent)
    def ring(self):
        """Make a sound."""
