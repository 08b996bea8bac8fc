"""Whatever is sent, the API answers by its contract: never a 5xx, never a type it does not describe.

One route of each shape is asked: all transitions that take a note alone read it by the same code. With
`THOROUGH=1` all are, and `HOSTILE_EXAMPLES=100 python -m tests.postgresql tests/test_hostile_input.py`
takes its time.
"""

import os
from typing import Any

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
from tests.effort import enough

METHODS = {"get", "post", "put", "patch", "delete"}
WORDS = {"description", "title", "example", "examples"}
WHOLE = orjson.loads(dumps(SchemaGenerator().get_schema(request=None, public=True)))


def shape(method: str, operation: Any) -> bytes:
    """What an operation reads: its body and its parameters, without what is said about them."""
    read = [method, operation.get("requestBody"), operation.get("parameters")]
    return orjson.dumps(_spelled_out(read), option=orjson.OPT_SORT_KEYS)


def _spelled_out(part: Any) -> Any:
    if isinstance(part, list):
        return [_spelled_out(each) for each in part]
    if not isinstance(part, dict):
        return part
    if "$ref" in part:
        return _spelled_out(WHOLE["components"]["schemas"][part["$ref"].rpartition("/")[2]])
    return {name: _spelled_out(each) for name, each in part.items() if name not in WORDS}


def one_of_each_shape() -> Any:
    """The API with the first operation of each shape."""
    known, paths = set(), {}
    for path, item in WHOLE["paths"].items():
        paths[path] = {name: each for name, each in item.items() if name not in METHODS}
        for method in sorted(METHODS & item.keys()):
            if (read := shape(method, item[method])) not in known:
                known.add(read)
                paths[path][method] = item[method]
    return {**WHOLE, "paths": paths}


DESCRIBED = enough(one_of_each_shape(), WHOLE)


def described(*, covering: bool):
    """The operations of the API; `covering` also tries each edge of each part by itself."""
    schema = schemathesis.openapi.from_dict(DESCRIBED)
    schema.app = application
    schema.config.update(base_url="http://localhost")
    schema.config.phases.coverage.enabled = covering
    # Conformance asks each address for methods that it does not have.
    schema.config.phases.coverage.unexpected_methods = set()
    return schema


# What a filter does not know, conformance sends to each of them.
reads = described(covering=False).include(method=["GET"])
writes = described(covering=True).exclude(method=["GET"])
a_few = hypothesis_settings(
    max_examples=int(os.environ.get("HOSTILE_EXAMPLES", "2")),
    deadline=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)


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


@reads.parametrize()
@a_few
def test_no_read_breaks_it(case, credentials):
    answered_by_contract(case, credentials)


@writes.parametrize()
@a_few
def test_no_write_breaks_it(case, credentials):
    answered_by_contract(case, credentials)


def answered_by_contract(case, credentials):
    case.call_and_validate(
        headers=credentials, checks=[not_a_server_error, content_type_conformance]
    )
