"""Short words for the tests of the clock."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from sla.clock import Calendar, Hours


def at(text: str, zone: str = "Europe/London", *, again: bool = False) -> datetime:
    """`2026-05-22 14:00` on the wall there, in UTC; `again` is the second time that a wall shows it."""
    local = datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone), fold=int(again))
    return local.astimezone(UTC)


def hours(number: float) -> timedelta:
    """So many hours."""
    return timedelta(hours=number)


def every_day(*spans: tuple[int, int]) -> Hours:
    """The same hours on all seven days, in minutes after midnight."""
    return (spans,) * 7


NINE_TO_FIVE: Hours = (((9 * 60, 17 * 60),),) * 5 + ((), ())
NIGHT_SHIFT = every_day((22 * 60, 30 * 60))
OFFICE = Calendar("Europe/London", NINE_TO_FIVE)
