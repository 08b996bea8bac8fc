"""What only one transaction at a time may decide, because it rests on rows that are not there yet."""

from django.db import connection


def one_at_a_time(subject: str) -> None:
    """Wait until no other open transaction has called this; lasts until the end of one's own.

    For rules over many rows that no row lock and no constraint can hold. SQLite has one writer anyway.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [subject])
