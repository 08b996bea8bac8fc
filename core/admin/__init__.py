"""Bases of Django Admin: everything a lifecycle needs there, derived from its declaration."""

from core.admin.filters import AssigneeFilter, OverdueFilter, OwnersFilter, StandingFilter
from core.admin.inlines import ConfigurationInline, FirstRows, OwnRows, RecordInline, ShownInline
from core.admin.lifecycle import LifecycleAdmin, status_chip
from core.admin.lists import ClosedList
from core.admin.records import ConfigurationAdmin, RecordAdmin

__all__ = [
    "AssigneeFilter",
    "ClosedList",
    "ConfigurationAdmin",
    "ConfigurationInline",
    "FirstRows",
    "LifecycleAdmin",
    "OverdueFilter",
    "OwnRows",
    "OwnersFilter",
    "RecordAdmin",
    "RecordInline",
    "ShownInline",
    "StandingFilter",
    "status_chip",
]
