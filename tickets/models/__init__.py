"""Tickets, work orders, and what belongs to them."""

from tickets.models.canned_reply import CannedReply
from tickets.models.checklist import ChecklistItem
from tickets.models.checklist_template import ChecklistTemplate
from tickets.models.link import Link, LinkedItem
from tickets.models.routing_rule import RoutingRule
from tickets.models.schedule import Occurrence, Schedule
from tickets.models.tag import Tag
from tickets.models.ticket import Ticket
from tickets.models.work_order import WorkOrder

__all__ = [
    "CannedReply",
    "ChecklistItem",
    "ChecklistTemplate",
    "Link",
    "LinkedItem",
    "Occurrence",
    "RoutingRule",
    "Schedule",
    "Tag",
    "Ticket",
    "WorkOrder",
]
