"""Bases of Django Admin: everything a lifecycle needs there, derived from its declaration."""

from core.admin.inlines import ConfigurationInline
from core.admin.lifecycle import LifecycleAdmin
from core.admin.lists import ClosedList
from core.admin.records import ConfigurationAdmin, RecordAdmin

__all__ = [
    "ClosedList",
    "ConfigurationAdmin",
    "ConfigurationInline",
    "LifecycleAdmin",
    "RecordAdmin",
]
