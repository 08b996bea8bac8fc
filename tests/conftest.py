"""What is asked of one database only."""

from django.db import connection

# Fuzzing takes minutes. PostgreSQL refuses more of what is sent (ranges, NUL, encodings): there it is worth them.
collect_ignore = [] if connection.vendor == "postgresql" else ["test_hostile_input.py"]
