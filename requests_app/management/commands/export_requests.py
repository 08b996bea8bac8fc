"""Take requests away as a spreadsheet."""

from core.management.exporting import ExportCommand
from requests_app.columns import REQUEST_COLUMNS
from requests_app.management.selection import REQUESTS


class Command(ExportCommand):
    """Streams, so that the size of the table does not matter."""

    help = "Write requests as CSV, oldest first; cells are safe to open in a spreadsheet."
    selection = REQUESTS
    columns = REQUEST_COLUMNS
