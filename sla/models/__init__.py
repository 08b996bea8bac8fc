"""Calendars, policies, and what an item under a service level carries."""

from sla.matching import PolicyKind
from sla.models.calendar import Calendar, CalendarVersion
from sla.models.policy import Policy, PolicyVersion
from sla.models.under import Escalation, UnderServiceLevel

__all__ = [
    "Calendar",
    "CalendarVersion",
    "Escalation",
    "Policy",
    "PolicyKind",
    "PolicyVersion",
    "UnderServiceLevel",
]
