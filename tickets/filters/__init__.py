"""By what lists of tickets, and of what belongs to them, can be narrowed."""

from tickets.filters.canned import CannedReplyFilterSet
from tickets.filters.checklist_templates import ChecklistTemplateFilterSet
from tickets.filters.links import LinkFilterSet
from tickets.filters.routing import RoutingRuleFilterSet
from tickets.filters.schedules import ScheduleFilterSet
from tickets.filters.tags import TagFilterSet
from tickets.filters.tickets import TicketFilterSet
from tickets.filters.work_orders import WorkOrderFilterSet

__all__ = [
    "CannedReplyFilterSet",
    "ChecklistTemplateFilterSet",
    "LinkFilterSet",
    "RoutingRuleFilterSet",
    "ScheduleFilterSet",
    "TagFilterSet",
    "TicketFilterSet",
    "WorkOrderFilterSet",
]
