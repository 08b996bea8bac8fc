"""Whatever goes wrong, wherever: problem+json with the same keys, the request's id and safe headers."""

import json

import pytest
from django.conf import settings

from core.strict_json import MAX_DEPTH
from tests.conformance.calls import WRITES, call_of
from tests.conformance.discovery import api_routes, every_api_route, routes

pytestmark = pytest.mark.once

KEYS = ["type", "title", "status", "detail", "code", "request_id", "errors"]
HEADERS = {
    "Content-Type": "application/problem+json",
    "X-Request-ID": "conformance-1",
    "API-Version": "1",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
}
OURS = {"X-Request-ID": "conformance-1"}
UNREADABLE = {
    "malformed": b'{"title": "Lamp"',
    "array": b'["title"]',
    "NUL": rb'{"note": "\u0000"}',
    "lone surrogate": rb'{"note": "\ud800"}',
    "same key twice": b'{"note": "a", "note": "b"}',
    "too deep": b'{"a":' * (MAX_DEPTH + 10) + b"1" + b"}" * (MAX_DEPTH + 10),
    "not a number": b'{"note": NaN}',
    "not UTF-8": b'{"note": "\xff"}',
}
TOO_LONG = b'{"note": "%s"}' % (b"x" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE)
PAGES = {"/api/docs/"}

every_api_address = pytest.mark.parametrize(
    "route", {each.pattern: each for each in api_routes()}.values(), ids=lambda each: each.pattern
)


def is_problem(answer, status):
    """Exactly the contract's keys and headers."""
    body = json.loads(answer.content)
    assert answer.status_code == body["status"] == status, answer.content
    assert list(body) == KEYS
    assert body["type"] == f"urn:flowtrack:problem:{body['code']}"
    assert body["request_id"] == OURS["X-Request-ID"]
    assert all(list(each) == ["field", "code", "message"] for each in body["errors"])
    assert {name: answer[name] for name in HEADERS} == HEADERS
    return True


@every_api_route(*WRITES)
def test_a_body_that_cannot_be_read_is_refused(people, api, route):
    call = call_of(route, people)
    client = api(call.by)

    for why, raw in UNREADABLE.items():
        assert is_problem(call.send_bytes(client, raw, **OURS), 400), why
    other = call.send_bytes(client, b"title=Lamp", content_type="text/plain", **OURS)
    assert is_problem(other, 415)
    assert is_problem(call.send_bytes(client, TOO_LONG, **OURS), 413)


@every_api_route(besides=PAGES)
def test_only_json_is_offered(people, api, route):
    call = call_of(route, people)

    assert is_problem(call.send(api(call.by), Accept="text/html", **OURS), 406)


@every_api_address
def test_methods_that_it_does_not_have(people, api, route):
    call = call_of(route, people)
    client = api(call.by)
    here = {each.method for each in routes() if each.pattern == route.pattern}
    other = next(name for name in ("DELETE", "PUT", "PATCH", "POST", "TRACE") if name not in here)

    answer = client.generic(other, call.url, headers=OURS)

    assert is_problem(answer, 405)
    assert here <= {name.strip() for name in answer["Allow"].split(",")}
    assert client.options(call.url).status_code in (200, 405)
    assert client.head(call.url).status_code in (200, 405)


@every_api_route()
def test_dead_credentials_are_401_or_do_not_matter(people, api, route):
    call, stale = call_of(route, people), api(None)
    stale.credentials(HTTP_AUTHORIZATION="Bearer dead")

    answer = call.send(stale, **OURS)

    assert answer.status_code < 500
    if answer.status_code >= 400:
        assert is_problem(answer, answer.status_code)


@pytest.mark.parametrize(
    "path",
    [
        "/api/",
        "/api",
        "/api/nothing/",
        "/api/lamps",
        "/api/lamps/1",
        "/api/lamps/%00/",
        "/api/lamps/%ff/",
        "/api/lamps/0/",
        "/api/lamps/-1/",
        "/api/lamps/٣/",
        "/api/lamps/REQ-1/",
        "/api/lamps/99999999999999999999/",
        "/api/lamps/1/nothing/",
        "/api/lamps/../lamps/",
        "/health/nothing",
    ],
)
def test_an_unknown_address_is_404(people, api, path):
    answer = api(people.ada).get(path, headers=OURS)

    assert json.loads(answer.content)["code"] == "not_found"
    assert list(json.loads(answer.content)) == KEYS


def test_every_route_is_under_test():
    assert len(api_routes()) > 50
