"""The arena, set up once for all races."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.races.arena import Arena, processes, threads


@pytest.fixture(scope="session")
def arena(
    django_db_setup: Path | None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Arena]:
    """Where races are run on this installation's kind of database."""
    own = django_db_setup and Path(shutil.copy(django_db_setup, tmp_path_factory.mktemp("arena")))
    with processes(own) if own else threads() as here:
        yield here
