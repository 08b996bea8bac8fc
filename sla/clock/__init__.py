"""The service-level clock: a pure function from facts, promises and calendars to what is due when."""

from sla.clock.calendar import AROUND_THE_CLOCK, Calendar, Hours
from sla.clock.facts import UNCHANGED, Fact, Lifecycle, Terms, Unchanged
from sla.clock.measures import Measure, State
from sla.clock.objections import objection
from sla.clock.reckoning import Reckoning, reckon
from sla.clock.stretches import Kind, Segment, Stretch

__all__ = [
    "AROUND_THE_CLOCK",
    "UNCHANGED",
    "Calendar",
    "Fact",
    "Hours",
    "Kind",
    "Lifecycle",
    "Measure",
    "Reckoning",
    "Segment",
    "State",
    "Stretch",
    "Terms",
    "Unchanged",
    "objection",
    "reckon",
]
