"""When the clock has to be looked at, and what is to be said then."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sla.clock import Calendar, Measure, Reckoning, State

Promise = Literal["response", "resolution"]


@dataclass(frozen=True)
class Alarm:
    """Something that is said once about an item; its name is the action of the Event that records it."""

    name: str
    promise: Promise
    is_breach: bool

    @property
    def silences(self) -> str:
        """The alarm that is not wanted any more after this one."""
        return self.name.replace("breach", "warning") if self.is_breach else ""


ALARMS = (
    Alarm("response_warning", "response", is_breach=False),
    Alarm("response_breach", "response", is_breach=True),
    Alarm("warning", "resolution", is_breach=False),
    Alarm("breach", "resolution", is_breach=True),
)
ALARM_NAMES = frozenset(alarm.name for alarm in ALARMS)


def outstanding(raised: Collection[str]) -> Iterator[Alarm]:
    """What has not been said yet and still could be."""
    silenced = {alarm.silences for alarm in ALARMS if alarm.name in raised}
    return (alarm for alarm in ALARMS if alarm.name not in {*raised, *silenced})


def next_alarm(
    reckoning: Reckoning, raised: Collection[str], calendar: Calendar | None
) -> datetime | None:
    """When the clock has to be looked at next; the same at every instant until something happens."""
    moments = (_moment(alarm, reckoning, calendar) for alarm in outstanding(raised))
    return min((each for each in moments if each is not None), default=None)


def due_alarms(
    reckoning: Reckoning, raised: Collection[str], calendar: Calendar | None, *, at: datetime
) -> list[Alarm]:
    """What is to be said now. A warning is for people at work: outside their hours it waits."""
    is_quiet = calendar is not None and not calendar.is_open(at)
    return [
        alarm
        for alarm in outstanding(raised)
        if (alarm.is_breach or not is_quiet) and _is_due(alarm, reckoning, at)
    ]


def _moment(alarm: Alarm, reckoning: Reckoning, calendar: Calendar | None) -> datetime | None:
    measure = _measure(alarm, reckoning)
    if measure is None or measure.state not in (State.RUNNING, State.BREACHED):
        return None
    if alarm.is_breach or measure.warns is None or calendar is None:
        return measure.due
    return calendar.opens(measure.warns)


def _is_due(alarm: Alarm, reckoning: Reckoning, at: datetime) -> bool:
    measure = _measure(alarm, reckoning)
    if measure is None:
        return False
    if alarm.is_breach:
        return measure.state is State.BREACHED
    return measure.state is State.RUNNING and measure.warns is not None and measure.warns <= at


def _measure(alarm: Alarm, reckoning: Reckoning) -> Measure | None:
    measure: Measure | None = getattr(reckoning, alarm.promise)
    return measure
