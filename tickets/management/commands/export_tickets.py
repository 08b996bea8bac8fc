"""Take tickets away as a spreadsheet."""

from core.management.exporting import ExportCommand
from tickets.columns import TICKET_COLUMNS
from tickets.management.selection import TICKETS


class Command(ExportCommand):
    """Streams, so that the size of the table does not matter."""

    help = "Write tickets as CSV, oldest first; cells are safe to open in a spreadsheet."
    selection = TICKETS
    columns = TICKET_COLUMNS
