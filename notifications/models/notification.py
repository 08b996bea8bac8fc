"""Who hears of what: one row for each person, channel and event."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import Q

from core import clock
from core.fields import ChoiceField
from core.models import Event
from notifications.models.mailing import Mailing
from notifications.querysets import NotificationQuerySet
from notifications.topics import Cadence, Channel, Topic

IN_APP, BY_MAIL = Q(channel=Channel.IN_APP), Q(channel=Channel.MAIL)


class Notification(models.Model):
    """Somebody hears of an event, by one channel, once."""

    Channel = Channel
    Topic = Topic

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notifications", db_index=False
    )
    event = models.ForeignKey(Event, models.PROTECT, related_name="+", db_index=False)
    channel = ChoiceField(Channel)
    topic = ChoiceField(Topic)
    # The item that it is about, also where the event is a comment's.
    subject_type = models.CharField(max_length=80)
    subject_id = models.BigIntegerField()
    for_agents = models.BooleanField(
        default=False, help_text="Said among agents: whoever is none any more does not see it."
    )
    created_at = models.DateTimeField(default=clock.now)
    read_at = models.DateTimeField(null=True, blank=True)
    cadence = ChoiceField(Cadence, blank=True)
    due_at = models.DateTimeField(null=True, blank=True, help_text="When it is to be mailed.")
    mailing = models.ForeignKey(
        Mailing, models.CASCADE, null=True, blank=True, related_name="notifications"
    )

    objects = NotificationQuerySet.as_manager()

    class Meta:
        constraints = [
            # Told once, however often it is tried; also finds who heard of an event.
            models.UniqueConstraint(
                fields=["event", "person", "channel"], name="notifications_told_once"
            ),
            # Mail has a moment at which it goes out; what is in FlowTrack is there at once.
            models.CheckConstraint(
                condition=BY_MAIL & Q(due_at__isnull=False) & ~Q(cadence="")
                | IN_APP & Q(due_at=None, mailing=None, cadence=""),
                name="notifications_mail_is_due",
            ),
        ]
        indexes = [
            # One's own, newest first.
            models.Index(fields=["person", "-id"], name="notifications_own", condition=IN_APP),
            # How many are unread, and which.
            models.Index(
                fields=["person", "-id"],
                name="notifications_unread",
                condition=IN_APP & Q(read_at=None),
            ),
            # What has to be put into e-mails next.
            models.Index(
                fields=["due_at"],
                name="notifications_unmailed",
                condition=BY_MAIL & Q(mailing=None),
            ),
            # What is old enough to be forgotten.
            models.Index(fields=["created_at"], name="notifications_by_age"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.subject_type} {self.subject_id} to {self.person_id}"

    @property
    def comment_id(self) -> int | None:
        """The comment that it is about, if it is about one."""
        is_comment = self.event.subject_type == "discussion.comment"
        return int(self.event.subject_id) if is_comment else None

    def read(self, *, at: datetime) -> None:
        """Note when it was read first."""
        if self.read_at is None:
            self.read_at = at
            self.save(update_fields=["read_at"])
