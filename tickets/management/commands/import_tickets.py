"""Bring tickets in from a spreadsheet."""

from core.management.importing import ImportCommand, columns_in_words
from tickets.resources import TicketResource


class Command(ImportCommand):
    """All rows or none."""

    help = (
        "Report a ticket for each row of a CSV file: all of them, or none if any is wrong. "
        f"{columns_in_words(TicketResource)} The requester is an e-mail address, the category its slug, "
        "tags are slugs with spaces between. A sample is in tickets/samples/tickets.csv."
    )
    resource = TicketResource
