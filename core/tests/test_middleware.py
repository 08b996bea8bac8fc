"""What every answer has, however it came about."""

import json
from io import BytesIO

import pytest
from django.db import OperationalError
from django.http import HttpResponse, JsonResponse
from django.test import Client, RequestFactory
from django.urls import path
from django.views.decorators.http import require_GET
from rest_framework.decorators import api_view, authentication_classes, permission_classes
from rest_framework.response import Response

from core import request_id
from core.errors import NotPermitted
from core.middleware import (
    ApiProblemMiddleware,
    RequestIDMiddleware,
    SecurityHeadersMiddleware,
    UnsizedBodyMiddleware,
)

ANSWERS = {
    "fine": lambda request: JsonResponse({"id": request_id.current()}),
    "page": lambda request: HttpResponse("<p>Hello</p>"),
    "cached": lambda request: HttpResponse("x", headers={"Cache-Control": "private, no-cache"}),
}


@require_GET
def get_only(request):
    return HttpResponse()


def refusing(request):
    raise NotPermitted("Not on a Sunday.")


def crashing(request):
    raise ZeroDivisionError("the secret /srv/path")


def without_database(request):
    raise OperationalError("connection to 10.0.0.7 refused")


def reading(request):
    return JsonResponse({"read": request.body.decode()})


@api_view(["POST"])
@authentication_classes([])
@permission_classes([])
def echoing(request):
    return Response(request.data)


VIEWS = ANSWERS | {
    "get-only": get_only,
    "refusing": refusing,
    "crashing": crashing,
    "without-database": without_database,
    "reading": reading,
    "echoing": echoing,
}
urlpatterns = [
    path(f"{prefix}{name}/", view) for prefix in ("api/", "") for name, view in VIEWS.items()
]
pytestmark = pytest.mark.urls(__name__)


@pytest.fixture
def client():
    return Client(raise_request_exception=False)


def problem_in(response):
    assert response["Content-Type"] == "application/problem+json"
    body = json.loads(response.content)
    assert body["request_id"] == response["X-Request-ID"]
    assert body["status"] == response.status_code
    return body


def test_a_sensible_request_id_of_the_caller_is_kept(client):
    response = client.get("/api/fine/", headers={"X-Request-ID": "Trace_7.a-b"})

    assert response["X-Request-ID"] == response.json()["id"] == "Trace_7.a-b"
    assert response["API-Version"] == "1"
    assert request_id.current() == ""


@pytest.mark.parametrize("given", ["", "a b", "x" * 129, "ä", "<script>", "a\nb"])
def test_any_other_request_id_is_replaced(given):
    request = RequestFactory().get("/api/", headers={"X-Request-ID": given})

    response = RequestIDMiddleware(lambda _: HttpResponse())(request)

    assert len(response["X-Request-ID"]) == 32
    assert request.request_id == response["X-Request-ID"]


def test_an_unknown_route_is_a_problem(client):
    assert problem_in(client.get("/api/nowhere/"))["code"] == "not_found"
    assert problem_in(client.get("/health/nowhere"))["code"] == "not_found"


def test_elsewhere_errors_stay_pages(client):
    assert client.get("/nowhere/")["Content-Type"].startswith("text/html")


def test_a_bad_host_is_a_problem(client):
    response = client.get("/api/fine/", headers={"Host": "evil.example"})

    assert response.status_code == 400
    assert problem_in(response)["code"] == "bad_request"
    assert "evil" not in response.content.decode()


def test_a_wrong_method_keeps_what_is_allowed(client):
    response = client.post("/api/get-only/")

    assert problem_in(response)["code"] == "method_not_allowed"
    assert response["Allow"] == "GET"


def test_a_refusal_of_a_plain_view_is_a_problem(client):
    assert problem_in(client.get("/api/refusing/"))["detail"] == "Not on a Sunday."


@pytest.mark.parametrize("debug", [True, False])
def test_a_crash_tells_nothing_but_its_id(client, settings, debug, caplog):
    settings.DEBUG = debug

    response = client.get("/api/crashing/")

    assert response.status_code == 500
    assert problem_in(response)["code"] == "internal_error"
    for inside in ("secret", "srv", "ZeroDivision", "Traceback"):
        assert inside not in response.content.decode()
    assert "ZeroDivisionError" in caplog.text


@pytest.mark.parametrize("debug", [True, False])
def test_without_a_database_everything_asks_for_patience(client, settings, debug):
    settings.DEBUG = debug

    answer, page = client.get("/api/without-database/"), client.get("/without-database/")

    assert problem_in(answer)["code"] == "unavailable"
    assert (answer.status_code, page.status_code) == (503, 503)
    assert answer["Retry-After"] == page["Retry-After"] == "2"
    assert b"10.0.0.7" not in page.content


def test_an_outage_in_an_inner_middleware_is_seen_too(client, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE, f"{__name__}.unreachable"]

    assert problem_in(client.get("/api/fine/"))["status"] == 503


def unreachable(get_response):
    return without_database


def test_a_large_body_is_a_problem(client, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    body = {"a": "x" * 100}

    for address in ("/api/reading/", "/api/echoing/"):
        response = client.post(address, body, content_type="application/json")
        assert problem_in(response)["code"] == "payload_too_large"
        assert response.status_code == 413


def test_a_problem_of_the_view_is_left_as_it_is():
    told = HttpResponse(b"{}", content_type="application/problem+json", status=409)

    assert ApiProblemMiddleware(lambda _: told)(RequestFactory().get("/api/")) is told


def test_cookies_and_challenges_survive():
    told = HttpResponse("no", status=401)
    told.delete_cookie("access")

    answer = ApiProblemMiddleware(lambda _: told)(RequestFactory().get("/api/"))

    assert answer["WWW-Authenticate"] == "Bearer"
    assert "access" in answer.cookies


def unsized(body, path="/api/echoing/"):
    request = RequestFactory().post(path, content_type="application/json")
    del request.META["CONTENT_LENGTH"]
    request.META |= {"wsgi.input": BytesIO(body), "wsgi.input_terminated": True}
    return request


def test_a_body_without_a_length_is_read():
    answer = UnsizedBodyMiddleware(lambda request: echoing(request).render())

    assert json.loads(answer(unsized(b'{"a": 1}')).content) == {"a": 1}


def test_a_body_without_a_length_is_read_only_up_to_the_limit(settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    request = unsized(b"x" * 100)

    assert UnsizedBodyMiddleware(echoing)(request).status_code == 413
    assert request.META["wsgi.input"].tell() == 11


@pytest.mark.parametrize("length", ["ten", "-1", "1.0", "٣"])
def test_a_length_that_is_no_number_is_refused(length):
    request = RequestFactory().post("/api/echoing/")
    request.META["CONTENT_LENGTH"] = length

    assert UnsizedBodyMiddleware(echoing)(request).status_code == 400


def headers_of(address, response, **headers):
    request = RequestFactory().get(address, headers=headers)
    return SecurityHeadersMiddleware(lambda _: response)(request)


def test_an_api_answer_may_load_nothing_and_is_kept_nowhere():
    told = JsonResponse({}, headers={"Content-Security-Policy": "the pages' own"})

    response = headers_of("/api/fine/", told)

    assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert response["Cache-Control"] == "no-store"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Permissions-Policy" not in response


def test_a_page_closes_what_it_does_not_need():
    response = headers_of("/", HttpResponse("<p>"))

    assert "camera=()" in response["Permissions-Policy"]
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "Content-Security-Policy" not in response
    assert "Cache-Control" not in response


def test_the_docs_keep_a_policy_of_their_own():
    told = HttpResponse("<p>", headers={"Content-Security-Policy": "script-src 'self'"})

    assert headers_of("/api/docs/", told)["Content-Security-Policy"] == "script-src 'self'"


def test_what_is_personal_is_kept_nowhere_unless_the_view_knows_better():
    with_cookie = headers_of("/", HttpResponse("<p>"), Cookie="sessionid=1")
    own = headers_of("/api/fine/", ANSWERS["cached"](None))

    assert with_cookie["Cache-Control"] == "no-store"
    assert own["Cache-Control"] == "private, no-cache"


def test_problems_carry_the_headers_too(client):
    response = client.get("/api/nowhere/")

    assert response["Content-Security-Policy"] == "default-src 'none'; frame-ancestors 'none'"
    assert response["Cache-Control"] == "no-store"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
