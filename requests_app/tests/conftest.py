"""What the stories of requests start from."""

from __future__ import annotations

import pytest

from requests_app.models import ServiceRequest
from requests_app.tests.making import ask


@pytest.fixture
def request_of_ann(ann) -> ServiceRequest:
    """Ann waits for one approval."""
    return ask(ann)
