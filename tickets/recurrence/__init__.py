"""Recurrence: a rule of RFC 5545, read strictly and searched no further than anybody plans."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tickets.recurrence.grammar import LONGEST, MOST_TIMES, MOST_TIMES_A_DAY, Rule, UnfitError
from tickets.recurrence.walk import LAST, local_times

__all__ = [
    "LONGEST",
    "MOST_TIMES",
    "MOST_TIMES_A_DAY",
    "Recurrence",
    "Rule",
    "UnfitError",
    "zone_named",
]

A_DAY = timedelta(days=1)
YEAR = timedelta(days=366)
AHEAD = {
    "YEARLY": 40 * YEAR,
    "MONTHLY": 20 * YEAR,
    "WEEKLY": 10 * YEAR,
    "DAILY": 5 * YEAR,
    "HOURLY": YEAR,
}
"""How far the next occurrence is looked for; what comes later than this never comes."""


def zone_named(name: str) -> ZoneInfo:
    """The time zone of that name. Raises UnfitError where there is none, or none any more."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UnfitError("There is no such time zone.") from error


@dataclass(frozen=True)
class Recurrence:
    """A rule, the wall-clock time from which it counts, and the zone of that clock.

    Occurrences keep their wall-clock time through the year. Where the clocks go forward, an occurrence
    in the hour that does not exist moves forward with them; where they go back, the first of the two
    hours counts.
    """

    text: str
    start: datetime
    """Local and naive."""
    zone: ZoneInfo

    def after(self, moment: datetime) -> Iterator[datetime]:
        """The occurrences after an aware moment, in order, in UTC; lazily, and never without end.

        Raises UnfitError where the text is no rule that can be followed.
        """
        last = moment
        try:
            for local in self._local_after(moment):
                at = local.replace(tzinfo=self.zone).astimezone(UTC)
                if at > last:  # two wall-clock times are one instant where the clocks go forward
                    yield at
                    last = at
        except UnfitError:
            raise
        except (ValueError, OverflowError) as error:
            raise UnfitError("It leads out of the calendar.") from error

    def next_after(self, moment: datetime) -> datetime | None:
        """The first occurrence after an aware moment, or None."""
        return next(self.after(moment), None)

    def _local_after(self, moment: datetime) -> Iterator[datetime]:
        rule = Rule.read(self.text)
        here = moment.astimezone(self.zone).replace(tzinfo=None)
        # A day back, because wall-clock times and instants are not in the same order everywhere.
        earliest = min(max(here - A_DAY, self.start), LAST)
        latest = earliest + min(AHEAD[rule.frequency], LAST - earliest)
        return local_times(rule, self.start, earliest=earliest, latest=latest)
