"""A whole app in its declarations: what a new lifecycle costs."""

from django.conf import settings
from django.db import models
from django_fsm import transition

from core.fields import StatusField
from core.lifecycle import Rule, anyone, needs
from core.models import WorkItem
from core.querysets import ScopedQuerySet


def owner_or_agent(lamp, user):
    """Only its owner or an agent may do this."""
    return user.is_agent or user.pk == lamp.created_by_id


class LampQuerySet(ScopedQuerySet):
    def for_user(self, user):
        return self if user.is_agent else self.filter(created_by=user.pk)

    def for_display(self):
        return self.select_related("created_by", "keeper")


class Lamp(WorkItem):
    """Something that can be lit."""

    class Status(models.TextChoices):
        DARK = "dark"
        LIT = "lit"
        BROKEN = "broken"

    reference_prefix = "LMP"
    creatable = Rule(anyone)
    editable = Rule(owner_or_agent)

    title = models.CharField(max_length=100)
    watts = models.PositiveSmallIntegerField(default=40)
    room = models.CharField(max_length=40, null=True, blank=True)  # noqa: DJ001 - sorting with nulls
    crack = models.TextField(blank=True)
    keeper = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True)
    status = StatusField(Status)

    objects = LampQuerySet.as_manager()

    @transition(
        status,
        Status.DARK,
        Status.LIT,
        conditions=[needs("It draws too much.", lambda lamp: lamp.watts <= 100)],
        permission=owner_or_agent,
    )
    def light(self, *, keeper=None):
        """Let there be light."""
        self.keeper = keeper

    @transition(status, [Status.DARK, Status.LIT], Status.BROKEN, permission=owner_or_agent)
    def smash(self, *, crack):
        """It happens."""
        self.crack = crack
