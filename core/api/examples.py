"""An example for every body of the OpenAPI description, built from its schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from core.api.problems import MEDIA_TYPE, PLAIN, URN

BY_NAME: dict[str, Any] = {
    "title": "Second monitor for the claims desk",
    "description": "Two screens save the team from printing every form.",
    "name": "Ann Example",
    "email": "ann@flowtrack.example",
    "password": "correct horse battery staple",
    "transition": "cancel",
    "note": "Agreed by phone.",
    "reason": "The budget of this quarter is spent.",
    "resolution": "Delivered and set up on Monday.",
    "reference": "REQ-42",
    "request_id": "5f0c1e0d7c1b4f0e9a51c2b7f0a3d9e2",
    "code": "invalid",
}
BY_FORMAT = {
    "date-time": "2026-11-20T09:30:00.123456Z",
    "date": "2026-11-20",
    "email": "ann@flowtrack.example",
    "uuid": "0b2f9a62-4b43-4f0c-9f0a-1f6f0c2f9a62",
    "uri": "https://flowtrack.example/",
}
BY_TYPE: dict[str, Any] = {"integer": 42, "number": 4.2, "boolean": True, "string": "text"}
DEEPEST = 6


def add_examples(result: dict[str, Any], **kwargs: Any) -> dict[str, Any]:
    """drf-spectacular's hook: give each body without an example one that fits its schema."""
    components = result.get("components", {}).get("schemas", {})
    for status, media_type, content in _bodies(result):
        if "example" in content or "examples" in content:
            continue
        if media_type == MEDIA_TYPE:
            content["example"] = _problem(int(status))
        elif media_type == "application/json":
            content["example"] = example_of(content.get("schema", {}), components)
    return result


def example_of(
    schema: dict[str, Any], components: dict[str, Any], name: str = "", depth: int = 0
) -> Any:
    """A believable value for a schema; ``name`` is the property it belongs to."""
    if "$ref" in schema:
        schema = components[schema["$ref"].rpartition("/")[2]]
    for given in ("const", "default", "example"):
        if given in schema:
            return schema[given]
    for several in ("examples", "enum"):
        if several in schema:
            return schema[several][0]
    for combined in ("allOf", "oneOf", "anyOf"):
        if combined in schema:
            return example_of(schema[combined][0], components, name, depth)
    return _plain(schema, components, name, depth)


def _plain(schema: dict[str, Any], components: dict[str, Any], name: str, depth: int) -> Any:
    kind = schema.get("type", "object")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object":
        properties = schema.get("properties", {}) if depth < DEEPEST else {}
        return {
            key: example_of(inner, components, key, depth + 1) for key, inner in properties.items()
        }
    if kind == "array":
        return [example_of(schema.get("items", {}), components, name, depth + 1)]
    if kind == "string" or kind == "null":
        return BY_FORMAT.get(schema.get("format", ""), BY_NAME.get(name, BY_TYPE["string"]))
    return BY_TYPE[kind]


def _bodies(result: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path in result.get("paths", {}).values():
        for operation in path.values():
            for media_type, content in operation.get("requestBody", {}).get("content", {}).items():
                yield "", media_type, content
            for status, response in operation.get("responses", {}).items():
                for media_type, content in response.get("content", {}).items():
                    yield status, media_type, content


def _problem(status: int) -> dict[str, Any]:
    code, title, detail = PLAIN[status if status in PLAIN else 400]
    return {
        "type": URN + code,
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": BY_NAME["request_id"],
        "errors": [],
    }
