"""Tickets, work orders, and what belongs to them, in the admin."""

from tickets.admin.canned import CannedReplyAdmin
from tickets.admin.checklist_templates import ChecklistTemplateAdmin
from tickets.admin.links import LinkAdmin
from tickets.admin.routing import RoutingRuleAdmin
from tickets.admin.schedules import ScheduleAdmin
from tickets.admin.tags import TagAdmin
from tickets.admin.tickets import TicketAdmin
from tickets.admin.work_orders import WorkOrderAdmin

__all__ = [
    "CannedReplyAdmin",
    "ChecklistTemplateAdmin",
    "LinkAdmin",
    "RoutingRuleAdmin",
    "ScheduleAdmin",
    "TagAdmin",
    "TicketAdmin",
    "WorkOrderAdmin",
]
