"""Whatever is sent, the API answers by its contract: never a 5xx, never a shape it does not describe."""

import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance

from flowtrack.wsgi import application
from tests.lamps.models import Lamp

EXAMPLES = 12


@pytest.fixture
def described(ada, ben, as_):
    """The API as its own description tells it."""
    Lamp(title="Desk lamp").save()
    return schemathesis.openapi.from_wsgi("/api/schema/", application)


schema = schemathesis.pytest.from_fixture("described")


@schema.parametrize()
@settings(
    max_examples=EXAMPLES, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
def test_nothing_breaks_it(case, as_, ben):
    header = as_(ben)._credentials["HTTP_AUTHORIZATION"]

    case.call_and_validate(
        headers={"Authorization": header},
        checks=[not_a_server_error, content_type_conformance],
    )
