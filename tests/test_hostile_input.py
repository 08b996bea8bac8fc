"""Whatever is sent, the API answers by its contract: never a 5xx, never a type it does not describe."""

import orjson
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from drf_spectacular.generators import SchemaGenerator
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance

from core.api.renderers import dumps
from flowtrack.wsgi import application

schema = schemathesis.openapi.from_dict(
    orjson.loads(dumps(SchemaGenerator().get_schema(request=None, public=True)))
)
schema.app = application
schema.config.update(base_url="http://localhost")


@pytest.fixture
def credentials(ada, as_, settings):
    """An admin's: they may reach everything, so nothing hides behind a 403."""
    settings.ALLOWED_HOSTS = ["localhost", "testserver"]
    header = as_(ada)._credentials["HTTP_AUTHORIZATION"]
    # The application must not close the connection, whose open transaction is the test's.
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield {"Authorization": header}
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@schema.parametrize()
@hypothesis_settings(
    max_examples=6,
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
def test_nothing_breaks_it(case, credentials):
    case.call_and_validate(
        headers=credentials, checks=[not_a_server_error, content_type_conformance]
    )
