"""The API of background work, and of what it checks: the ledger."""

from jobs.views.jobs import JobViewSet
from jobs.views.ledger import EventViewSet

__all__ = ["EventViewSet", "JobViewSet"]
