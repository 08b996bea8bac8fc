"""Give somebody's unfinished tickets to somebody else."""

from core.management.reassigning import ReassignCommand
from tickets.models import Ticket


class Command(ReassignCommand):
    """Safe to run twice: what has moved already is no longer theirs."""

    help = (
        "Assign every open ticket of one agent to another; each in its own transaction. "
        "What is merged goes with its survivor. Work orders stay: their windows are booked."
    )
    model = Ticket
