"""Tickets, and what belongs to them, under `/api/`."""

from tickets.views.canned import CannedReplyViewSet
from tickets.views.checklist_templates import ChecklistTemplateViewSet
from tickets.views.links import Linked, LinkViewSet
from tickets.views.routing import RoutingRuleViewSet
from tickets.views.schedules import ScheduleViewSet
from tickets.views.tags import TagViewSet
from tickets.views.tickets import TicketViewSet
from tickets.views.work_orders import ChecklistItemViewSet, WithWorkOrders, WorkOrderViewSet

__all__ = [
    "CannedReplyViewSet",
    "ChecklistItemViewSet",
    "ChecklistTemplateViewSet",
    "LinkViewSet",
    "Linked",
    "RoutingRuleViewSet",
    "ScheduleViewSet",
    "TagViewSet",
    "TicketViewSet",
    "WithWorkOrders",
    "WorkOrderViewSet",
]
