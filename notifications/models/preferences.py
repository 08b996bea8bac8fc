"""How somebody wants to hear of things."""

from __future__ import annotations

from datetime import time
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core import clock
from notifications.querysets import PreferencesQuerySet
from notifications.topics import USUAL_CADENCE, Cadence, Channel

MORNING = time(8)


class Preferences(models.Model):
    """What one person chose; what they did not choose is as usual.

    Bookkeeping of one's own, like a signed-in device: it leaves no history.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notification_preferences"
    )
    time_zone = models.CharField(max_length=64, blank=True, help_text="As in `Europe/London`.")
    digest_at = models.TimeField(default=MORNING, help_text="When the daily e-mail is sent.")
    quiet_from = models.TimeField(null=True, blank=True)
    quiet_until = models.TimeField(null=True, blank=True)
    # By topic: {"progress": {"in_app": false, "mail": "daily"}}.
    choices = models.JSONField(default=dict, blank=True)
    updated_at = models.DateTimeField(default=clock.now)

    objects = PreferencesQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "preferences"
        constraints = [
            # Quiet hours have two ends, and are not the whole day.
            models.CheckConstraint(
                condition=Q(quiet_from=None, quiet_until=None)
                | Q(quiet_from__isnull=False, quiet_until__isnull=False)
                & ~Q(quiet_from=F("quiet_until")),
                name="notifications_quiet_hours",
            ),
        ]

    def __str__(self) -> str:
        return f"Preferences of {self.person}"

    @property
    def zone(self) -> ZoneInfo:
        """The time zone in which this person's days and nights are."""
        return ZoneInfo(self.time_zone or settings.TIME_ZONE)

    def wants_in_app(self, topic: str) -> bool:
        return bool(self._chosen(topic).get(Channel.IN_APP, True))

    def mail(self, topic: str) -> Cadence:
        """How soon this person wants e-mail about a topic."""
        return Cadence(str(self._chosen(topic).get(Channel.MAIL, USUAL_CADENCE[topic])))

    def choose(self, topic: str, **choice: bool | str) -> None:
        """Keep what was chosen about a topic; save afterwards."""
        self.choices = {**self.choices, topic: {**self._chosen(topic), **choice}}

    def _chosen(self, topic: str) -> dict[str, bool | str]:
        chosen: dict[str, bool | str] = self.choices.get(topic, {})
        return chosen
