"""Bring requests in from a spreadsheet."""

from core.management.importing import ImportCommand, columns_in_words
from requests_app.resources import RequestResource


class Command(ImportCommand):
    """All rows or none."""

    help = (
        "Make a request for each row of a CSV file: all of them, or none if any is wrong. "
        f"{columns_in_words(RequestResource)} The type is its slug, the requester an e-mail address, "
        "the answers are JSON. A sample is in requests_app/samples/requests.csv."
    )
    resource = RequestResource
