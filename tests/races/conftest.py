"""The arena, set up once for all races."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection

from tests.races.arena import Arena, processes, threads


@pytest.fixture(scope="session")
def arena(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Arena]:
    """Where races are run on this installation's kind of database."""
    is_postgresql = connection.vendor == "postgresql"
    with threads() if is_postgresql else processes(tmp_path_factory.mktemp("arena")) as here:
        yield here
