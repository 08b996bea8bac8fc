"""When people work, as an admin writes it, and what it said when."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

import orjson
from django.core.exceptions import ValidationError
from django.db import models

from core.lifecycle import Rule
from sla.clock import objection
from sla.hours import UnreadableError, calendar_of, read_holidays, read_hours
from sla.models.versioned import Version, Versioned
from sla.policies import admin
from sla.querysets import CalendarQuerySet
from sla.rulebook import Edition


class Calendar(Versioned):
    """Business hours of a place: time zone, hours by weekday, and holidays."""

    version_says = ("time_zone", "hours", "holidays")

    name = models.CharField(max_length=100, unique=True)
    time_zone = models.CharField(max_length=64, help_text="As in `Europe/London`.")
    hours = models.JSONField(
        help_text='By weekday: `{"mon": [["09:00", "17:30"]], "fri": [["22:00", "06:00"]]}`.'
        " An end that is not after its start is on the next day; `24:00` is midnight."
    )
    holidays = models.JSONField(
        default=list,
        blank=True,
        help_text='Days off: `[{"date": "2026-12-25", "name": "Christmas Day"}]`.',
    )

    objects = CalendarQuerySet.as_manager()

    creatable: ClassVar[Rule] = Rule(admin)
    editable: ClassVar[Rule] = Rule(admin)

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """The clock has to be able to read it."""
        wrong: dict[str, Any] = {}
        for name, read in (("hours", read_hours), ("holidays", read_holidays)):
            try:
                read(getattr(self, name))
            except UnreadableError as unreadable:
                wrong[name] = str(unreadable)
        if not wrong and (reason := objection(self._as_read())):
            wrong["time_zone" if "time zone" in reason else "hours"] = reason
        if wrong:
            raise ValidationError(wrong)

    def concerned_policies(self) -> Collection[int]:
        """All that promise time by it."""
        return list(self.policies.values_list("pk", flat=True))

    def imagined(self, current: Iterable[Edition], at: datetime) -> Iterable[Edition]:
        """The same policies in other hours."""
        return [
            replace(
                each,
                calendar_number=each.calendar_number + 1,
                calendar_valid_from=at,
                **self.as_stored(),
            )
            for each in current
            if each.calendar == self.pk
        ]

    def as_stored(self) -> dict[str, Any]:
        """What the database keeps, for an edition."""
        return {
            "time_zone": self.time_zone,
            "hours": orjson.dumps(self.hours).decode(),
            "holidays": orjson.dumps(self.holidays).decode(),
        }

    def _as_read(self) -> Any:
        return calendar_of(self.time_zone, self.hours, self.holidays)


class CalendarVersion(Version):
    """What a calendar said from one moment on."""

    calendar = models.ForeignKey(Calendar, models.PROTECT, related_name="versions", db_index=False)
    time_zone = models.CharField(max_length=64)
    hours = models.JSONField()
    holidays = models.JSONField()

    class Meta:
        constraints = [
            # Numbers them; also finds the newest of a calendar.
            models.UniqueConstraint(
                fields=["calendar", "number"], name="sla_calendar_version_number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.calendar}, version {self.number}"
