"""Every error has one form, and says nothing about the inside."""

import json

import pytest
from django.core.exceptions import PermissionDenied, RequestDataTooBig, ValidationError
from django.db import DataError, IntegrityError, OperationalError
from django.http import Http404
from rest_framework import exceptions, serializers
from rest_framework.authentication import BasicAuthentication
from rest_framework.parsers import JSONParser
from rest_framework.response import Response
from rest_framework.test import APIRequestFactory
from rest_framework.views import APIView

from core import errors, request_id
from core.api.problems import exception_handler, flatten, problem, problem_body, problem_of


class PageRenderer:
    """Something that could not write a problem."""

    media_type, format, charset = "text/csv", "csv", None

    def render(self, *_):
        raise AssertionError


class Failing(APIView):
    """A view that meets the error it is given."""

    authentication_classes = []
    permission_classes = []
    renderer_classes = [PageRenderer]
    parser_classes = [JSONParser]
    error: Exception | None = None

    def get_exception_handler(self):
        return exception_handler

    def get(self, request):
        raise self.error

    def post(self, request):
        return Response(len(request.data))


def answer_to(error, **view):
    return Failing.as_view(error=error, **view)(APIRequestFactory().get("/api/lamps/1/"))


def body_of(response):
    assert response["Content-Type"] == "application/problem+json"
    return json.loads(response.content)


def test_a_refusal_says_what_why_and_who_to_quote():
    refused = errors.InvalidInput(errors=[errors.FieldError("title", "required", "Say what.")])

    with request_id.bind("abc"):
        body = body_of(problem_of(refused))

    assert body == {
        "type": "urn:flowtrack:problem:invalid",
        "title": "Invalid input",
        "status": 400,
        "detail": "title: Say what.",
        "code": "invalid",
        "request_id": "abc",
        "errors": [{"field": "title", "code": "required", "message": "Say what."}],
    }


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (errors.WrongStatus("It is closed."), 409, "wrong_status"),
        (errors.StaleVersion(), 412, "stale_version"),
        (exceptions.ValidationError({"title": ["No."]}), 400, "invalid"),
        (exceptions.ParseError(), 400, "malformed"),
        (exceptions.NotAuthenticated(), 401, "not_authenticated"),
        (exceptions.AuthenticationFailed(), 401, "not_authenticated"),
        (exceptions.PermissionDenied(), 403, "not_permitted"),
        (exceptions.NotFound(), 404, "not_found"),
        (exceptions.MethodNotAllowed("PUT"), 405, "method_not_allowed"),
        (exceptions.NotAcceptable(), 406, "not_acceptable"),
        (exceptions.UnsupportedMediaType("text/xml"), 415, "unsupported_media_type"),
        (exceptions.Throttled(wait=7), 429, "too_many_requests"),
        (ValidationError({"title": "No."}), 400, "invalid"),
        (Http404("Lamp matching query"), 404, "not_found"),
        (PermissionDenied("secret"), 403, "not_permitted"),
        (RequestDataTooBig(), 413, "payload_too_large"),
        (IntegrityError("UNIQUE constraint failed: lamps_lamp.title"), 409, "conflict"),
        (DataError("value too long for type"), 400, "invalid"),
        (OperationalError("connection to 10.0.0.7 failed"), 503, "unavailable"),
    ],
)
def test_every_foreseen_error_becomes_a_problem(error, status, code):
    response = answer_to(error)

    body = body_of(response)
    assert (response.status_code, body["status"], body["code"]) == (status, status, code)
    for inside in ("lamps", "Lamp", "10.0.0.7", "secret", "too long for"):
        assert inside not in response.content.decode()


def test_an_unforeseen_error_rises(settings):
    settings.DEBUG = False

    with pytest.raises(ZeroDivisionError):
        answer_to(ZeroDivisionError())


def test_absent_and_hidden_are_the_same_bytes():
    answers = {
        answer_to(error).content
        for error in (
            Http404("No Lamp"),
            errors.NotFound("Lamp 7 is hidden."),
            exceptions.NotFound("x"),
        )
    }

    assert answers == {problem(404).content}


@pytest.mark.parametrize("error", [errors.NotAuthenticated(), exceptions.NotAuthenticated()])
def test_401_says_how_to_sign_in(error):
    assert answer_to(error)["WWW-Authenticate"] == "Bearer"
    assert (
        "Basic"
        in answer_to(error, authentication_classes=[BasicAuthentication])["WWW-Authenticate"]
    )


@pytest.mark.parametrize(
    ("error", "seconds"),
    [
        (errors.TooManyRequests(retry_after=30), "30"),
        (errors.Unavailable(), "1"),
        (OperationalError(), "2"),
        (exceptions.Throttled(wait=6.7), "7"),
    ],
)
def test_a_passing_no_says_when_to_come_back(error, seconds):
    assert answer_to(error)["Retry-After"] == seconds


def test_a_wrong_method_says_which_are_right():
    response = Failing.as_view()(APIRequestFactory().put("/api/lamps/"))

    assert body_of(response)["code"] == "method_not_allowed"
    assert response["Allow"] == "GET, POST, HEAD, OPTIONS"


def test_a_failed_negotiation_is_answered_all_the_same():
    request = APIRequestFactory().get("/api/lamps/", headers={"Accept": "image/png"})

    assert body_of(Failing.as_view()(request))["status"] == 406


class BulbSerializer(serializers.Serializer):
    watts = serializers.IntegerField(max_value=100)


class LampSerializer(serializers.Serializer):
    bulbs = BulbSerializer(many=True)
    sizes = serializers.ListField(child=serializers.IntegerField())
    base = BulbSerializer()

    def validate(self, data):
        raise serializers.ValidationError("A lamp needs light.", code="dark")


def test_nested_errors_are_named_by_their_path():
    data = {"bulbs": [{"watts": 1}, {"watts": 200}], "sizes": [1, "x"], "base": {}}
    lamp = LampSerializer(data=data)
    lamp.is_valid()

    found = {(each.field, each.code) for each in flatten(lamp.errors)}

    assert found == {
        ("bulbs.1.watts", "max_value"),
        ("sizes.1", "invalid"),
        ("base.watts", "required"),
    }


def test_an_error_of_the_whole_has_no_field():
    lamp = LampSerializer(data={"bulbs": [], "sizes": [], "base": {"watts": 1}})
    lamp.is_valid()

    assert list(flatten(lamp.errors)) == [errors.FieldError("", "dark", "A lamp needs light.")]


def test_a_refusal_within_an_answer_is_the_same_as_its_own_answer():
    refused = errors.ConditionUnmet("Finish its work orders first.")

    assert problem_body(refused) == body_of(problem_of(refused))
