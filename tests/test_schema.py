"""The OpenAPI description tells of every route: what it takes, answers and refuses, with examples."""

import pytest
from drf_spectacular.generators import SchemaGenerator
from openapi_spec_validator import OpenAPIV31SpecValidator

UNSAFE = {"post", "put", "patch", "delete"}


@pytest.fixture(scope="module")
def schema():
    return SchemaGenerator().get_schema(request=None, public=True)


@pytest.fixture(scope="module")
def operations(schema):
    """Every operation by its method and path."""
    return {
        f"{method.upper()} {path}": operation
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
    }


def bodies(operation):
    """The JSON bodies that a caller sends and gets when all goes well."""
    answers = [body for code, body in operation["responses"].items() if code < "300"]
    for part in [operation.get("requestBody", {}), *answers]:
        if "application/json" in part.get("content", {}):
            yield part["content"]["application/json"]


def test_it_is_valid_openapi_3_1(schema):
    assert schema["openapi"].startswith("3.1")
    OpenAPIV31SpecValidator(schema).validate()


def test_every_operation_is_named_and_explained(operations):
    silent = [name for name, each in operations.items() if not each.get("summary")]
    names = [each["operationId"] for each in operations.values()]

    assert silent == []
    assert len(names) == len(set(names))


def test_every_body_has_a_schema_and_an_example(operations):
    without = [
        name
        for name, operation in operations.items()
        for body in bodies(operation)
        if not ("schema" in body and ("example" in body or "examples" in body))
    ]

    assert without == []


def test_every_operation_says_how_it_refuses(operations):
    for name, operation in operations.items():
        refused = {code for code in operation["responses"] if code >= "400"}
        assert "400" in refused, name
        if "{" in name:
            assert "404" in refused, name
        if name.partition(" ")[0].lower() in UNSAFE:
            assert {"409", "415"} <= refused, name
        for code in refused:
            assert "application/problem+json" in operation["responses"][code]["content"], name


def test_a_transition_takes_its_declared_inputs(schema, operations):
    body = operations["POST /api/requests/{id}/deny/"]["requestBody"]["content"]["application/json"]
    name = body["schema"]["$ref"].rpartition("/")[2]

    component = schema["components"]["schemas"][name]
    assert set(component["properties"]) == {"reason", "note"}
    assert component["required"] == ["reason"]
