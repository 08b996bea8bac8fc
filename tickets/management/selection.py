"""Which tickets a command is about."""

from core.management.selection import Selection
from tickets.models import Ticket

TICKETS = Selection(Ticket, by_name=["team", "category", "department"])
