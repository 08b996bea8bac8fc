"""Give somebody's unfinished requests to somebody else."""

from core.management.reassigning import ReassignCommand
from requests_app.models import ServiceRequest


class Command(ReassignCommand):
    """Safe to run twice: what has moved already is no longer theirs."""

    help = "Assign every open request of one agent to another; each in its own transaction."
    model = ServiceRequest
