"""The world of these tests, made once; what is asked of it is undone at once."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from tests.isolation.world import World, settle


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Everybody and everything, in one transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield settle()
        transaction.set_rollback(True)
