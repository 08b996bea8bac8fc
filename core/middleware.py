"""What every answer has, however it came about: an id, safe headers, and errors in one form."""

import re
import sys
from collections.abc import Callable
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.signals import got_request_exception
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from core import request_id
from core.api.problems import (
    MEDIA_TYPE,
    OUTAGE_RETRY_AFTER,
    as_refused,
    problem,
    problem_of,
)
from core.errors import Unavailable
from core.transactions import is_outage

GetResponse = Callable[[HttpRequest], HttpResponseBase]

API_VERSION = "1"


def is_api(request: HttpRequest) -> bool:
    """Addresses that only ever answer programs."""
    path = request.path_info
    return path in ("/api", "/health") or path.startswith(("/api/", "/health/"))


class RequestIDMiddleware:
    """Gives every request an id, the caller's own if it is a sensible one. Comes first."""

    sensible = re.compile(r"[A-Za-z0-9._-]{1,128}")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        given = request.headers.get("X-Request-ID", "")
        identity = given if self.sensible.fullmatch(given) else uuid4().hex
        request.request_id = identity  # type: ignore[attr-defined]
        with request_id.bind(identity):
            response = self.get_response(request)
        response["X-Request-ID"] = identity
        if request.path_info.startswith("/api/"):
            response["API-Version"] = API_VERSION
        return response


class SecurityHeadersMiddleware:
    """Closes what a browser would otherwise leave open. Stands outside of everything that answers."""

    everywhere = {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }
    pages = {
        "Cross-Origin-Opener-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    }
    api_policy = "default-src 'none'; frame-ancestors 'none'"

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        is_page = response.get("Content-Type", "").startswith("text/html")
        for name, value in (self.everywhere | (self.pages if is_page else {})).items():
            response.setdefault(name, value)
        if is_api(request) and not is_page:
            self._close_policy(response)
        if is_api(request) or _is_personal(request, response):
            response.setdefault("Cache-Control", "no-store")
        return response

    def _close_policy(self, response: HttpResponseBase) -> None:
        # JSON never needs the pages' policy; other media (a download) may bring a stricter one.
        if response.get("Content-Type", "").partition(";")[0].endswith("json"):
            response["Content-Security-Policy"] = self.api_policy
        response.setdefault("Content-Security-Policy", self.api_policy)


class ApiProblemMiddleware:
    """Makes every error under /api/ and /health problem+json, also those that no view saw.

    Never asks for the host: a bad one is among the errors it has to answer.
    """

    kept = ("Allow", "Retry-After", "WWW-Authenticate", "Vary", "Strict-Transport-Security")

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if response.status_code == 500 and _OUTAGE in request.META:
            return _outage(request)
        content_type = response.get("Content-Type", "")
        if response.status_code < 400 or not is_api(request) or content_type == MEDIA_TYPE:
            return response
        return self._as_problem(response)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Refusals that left a plain Django view; what is unforeseen rises and becomes a 500."""
        refused = as_refused(error) if is_api(request) else None
        return problem_of(refused) if refused else None

    def _as_problem(self, response: HttpResponseBase) -> HttpResponse:
        answer = problem(response.status_code)
        for name in self.kept:
            if name in response:
                answer[name] = response[name]
        answer.cookies = response.cookies
        if response.status_code == 401:
            answer.setdefault("WWW-Authenticate", "Bearer")
        if response.status_code in (429, 503):
            answer.setdefault("Retry-After", str(OUTAGE_RETRY_AFTER))
        return answer


class UnsizedBodyMiddleware:
    """Reads a body that comes without a length, up to the limit; Django would take it as empty."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        length = request.META.get("CONTENT_LENGTH", "")
        if length:
            return self.get_response(request) if _is_size(length) else HttpResponse(status=400)
        if not request.META.get("wsgi.input_terminated"):
            return self.get_response(request)
        limit: int = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
        try:
            body = request.META["wsgi.input"].read(limit + 1)
        except OSError:
            return HttpResponse(status=400)
        if len(body) > limit:
            return HttpResponse(status=413)
        _replace_body(request, body)
        return self.get_response(request)


def _is_size(text: str) -> bool:
    return text.isascii() and text.isdigit()


def _replace_body(request: Any, body: bytes) -> None:
    request.META["CONTENT_LENGTH"] = str(len(body))
    request._stream = BytesIO(body)


def _is_personal(request: HttpRequest, response: HttpResponseBase) -> bool:
    # Asking who it is would query the database; whoever shows credentials is treated as known.
    return bool(request.COOKIES or response.cookies or "Authorization" in request.headers)


_OUTAGE = "flowtrack.outage"


@receiver(got_request_exception)
def _note_outage(*, request: HttpRequest | None = None, **_: Any) -> None:
    """Remember why an inner layer failed: middleware further out only sees its bare 500."""
    if request is not None and is_outage(sys.exc_info()[1]):
        request.META[_OUTAGE] = True


def _outage(request: HttpRequest) -> HttpResponse:
    unavailable = Unavailable(retry_after=OUTAGE_RETRY_AFTER)
    if is_api(request):
        return problem_of(unavailable)
    return HttpResponse(
        unavailable.detail,
        content_type="text/plain; charset=utf-8",
        status=503,
        headers={"Retry-After": str(OUTAGE_RETRY_AFTER)},
    )
