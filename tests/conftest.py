"""In which order tests run, and what is asked of one database only."""

import pytest
from django.db import connection

# Fuzzing takes minutes. PostgreSQL refuses more of what is sent (ranges, NUL, encodings): there it is worth them.
collect_ignore = [] if connection.vendor == "postgresql" else ["test_hostile_input.py"]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The browser comes last: a live server's database is emptied after each test, of the rows that
    migrations put there too."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
