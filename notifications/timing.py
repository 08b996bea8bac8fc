"""When e-mail is sent: at once but not at night, or together once an hour or a day; in one's own time."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from notifications.models import Preferences
from notifications.topics import Cadence

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def due(cadence: Cadence, wishes: Preferences, *, at: datetime) -> datetime:
    """When what happens at this moment is to be mailed to somebody with these wishes."""
    if cadence == Cadence.DAILY:
        return _next(wishes.digest_at, wishes.zone, after=at)
    if cadence == Cadence.HOURLY:
        at = at.replace(minute=0, second=0, microsecond=0) + HOUR
    return _not_at_night(wishes, at)


def _not_at_night(wishes: Preferences, at: datetime) -> datetime:
    """The moment itself, or the end of the quiet hours in which it lies."""
    start, end = wishes.quiet_from, wishes.quiet_until
    if start is None or end is None:
        return at
    now = at.astimezone(wishes.zone).time()
    is_quiet = start <= now < end if start < end else now >= start or now < end
    return _next(end, wishes.zone, after=at) if is_quiet else at


def _next(clock_time: time, zone: ZoneInfo, *, after: datetime) -> datetime:
    """The first moment after this one at which clocks there show that time."""
    today = after.astimezone(zone).date()
    for day in (today, today + DAY):
        moment = datetime.combine(day, clock_time, zone).astimezone(UTC)
        if moment > after:
            return moment
    return after + DAY
