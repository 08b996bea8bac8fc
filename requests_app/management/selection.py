"""Which requests a command is about."""

from core.management.selection import Selection
from requests_app.models import ServiceRequest

REQUESTS = Selection(ServiceRequest, by_name=["department"])
