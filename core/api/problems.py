"""Every error of the API as RFC 9457 `application/problem+json`."""

import logging
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from django.core.exceptions import (
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.db import DataError, IntegrityError
from django.http import Http404, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from rest_framework import exceptions
from rest_framework.settings import api_settings

from core import errors, request_id
from core.api.renderers import dumps
from core.transactions import is_outage

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
URN = "urn:flowtrack:problem:"
OUTAGE_RETRY_AFTER = 2

# status -> (code, title, detail) where nothing more precise is known.
PLAIN: dict[int, tuple[str, str, str]] = {
    400: ("bad_request", "Bad request", "The request cannot be understood."),
    405: ("method_not_allowed", "Method not allowed", "This address does not answer this method."),
    406: ("not_acceptable", "Not acceptable", "The answer is JSON; no accepted type covers that."),
    414: ("uri_too_long", "URI too long", "The address is too long."),
    415: ("unsupported_media_type", "Unsupported media type", "Send application/json."),
    500: (
        "internal_error",
        "Internal error",
        "Something went wrong here. Report it with the request id.",
    ),
} | {
    refused.status: (refused.code, refused.title, refused.default_detail)
    for refused in (
        errors.NotAuthenticated,
        errors.NotPermitted,
        errors.NotFound,
        errors.Conflict,
        errors.StaleVersion,
        errors.PayloadTooLarge,
        errors.KeyReused,
        errors.VersionRequired,
        errors.TooManyRequests,
        errors.Unavailable,
    )
}


def problem(status: int, *, headers: Mapping[str, str] | None = None) -> HttpResponse:
    """The answer for an error of which nothing but its status is known."""
    code, title, detail = PLAIN.get(status) or PLAIN[400 if status < 500 else 500]
    return _answer(_body(status, code, title, detail), headers)


def problem_of(refused: errors.Refused, *, challenge: str = "Bearer") -> HttpResponse:
    """The answer for a refusal, with the headers that its status asks for."""
    headers: dict[str, str] = {}
    if isinstance(refused, errors.NotAuthenticated):
        headers["WWW-Authenticate"] = challenge
    if isinstance(refused, errors.RetryLater):
        headers["Retry-After"] = str(refused.retry_after)
    return _answer(problem_body(refused), headers)


def problem_body(refused: errors.Refused) -> dict[str, Any]:
    """A refusal as data, where it is only a part of an answer."""
    if isinstance(refused, errors.NotFound):
        # Always the same words: "absent" and "hidden" must not be told apart.
        return _body(404, *PLAIN[404])
    return _body(refused.status, refused.code, refused.title, refused.detail, refused.errors)


def exception_handler(error: Exception, context: Mapping[str, Any]) -> HttpResponse | None:
    """DRF's EXCEPTION_HANDLER; None lets an unforeseen error rise, to be logged and become a 500."""
    refused = as_refused(error)
    if refused is not None:
        return problem_of(refused, challenge=_challenge(context))
    if isinstance(error, exceptions.APIException):
        # 405, 406, 415 and the like; the view itself adds Allow.
        return problem(error.status_code)
    return None


def as_refused(error: BaseException) -> errors.Refused | None:
    """The refusal that an error of Django, DRF or the database amounts to, if it does."""
    match error:
        case errors.Refused():
            return error
        case exceptions.APIException():
            return _from_drf(error)
        case ValidationError():
            return errors.InvalidInput.from_django(error)
        case Http404():
            return errors.NotFound()
        case PermissionDenied():
            return errors.NotPermitted()
        case RequestDataTooBig():
            return errors.PayloadTooLarge()
        case SuspiciousOperation() | BadRequest() | MultiPartParserError() | UnreadablePostError():
            return errors.Malformed()
    return _from_database(error)


def _body(
    status: int, code: str, title: str, detail: str, found: Iterable[errors.FieldError] = ()
) -> dict[str, Any]:
    return {
        "type": URN + code,
        "title": title,
        "status": status,
        "detail": detail,
        "code": code,
        "request_id": request_id.current(),
        "errors": [asdict(each) for each in found],
    }


def _answer(body: dict[str, Any], headers: Mapping[str, str] | None) -> HttpResponse:
    return HttpResponse(
        dumps(body), content_type=MEDIA_TYPE, status=body["status"], headers=headers
    )


def _from_database(error: BaseException) -> errors.Refused | None:
    if isinstance(error, IntegrityError):
        logger.warning("A constraint of the database refused a write", exc_info=error)
        return errors.Conflict()
    if isinstance(error, DataError):
        logger.warning("The database refused a value", exc_info=error)
        return errors.InvalidInput()
    if is_outage(error):
        logger.error("The database does not answer", exc_info=error)
        return errors.Unavailable(retry_after=OUTAGE_RETRY_AFTER)
    return None


def _from_drf(error: exceptions.APIException) -> errors.Refused | None:
    match error:
        case exceptions.ValidationError():
            return errors.InvalidInput(errors=flatten(error.detail))
        case exceptions.ParseError():
            return errors.Malformed()
        case exceptions.NotAuthenticated() | exceptions.AuthenticationFailed():
            return errors.NotAuthenticated()
        case exceptions.PermissionDenied():
            return errors.NotPermitted(_said(error))
        case exceptions.NotFound():
            return errors.NotFound()
        case exceptions.Throttled():
            return errors.TooManyRequests(retry_after=round(getattr(error, "wait", None) or 1))
    return None


def _said(error: exceptions.APIException) -> str:
    """The sentence of our own that came with it; DRF's default wording is replaced by ours."""
    return "" if error.detail == error.default_detail else str(error.detail)


def _challenge(context: Mapping[str, Any]) -> str:
    view, request = context.get("view"), context.get("request")
    return (view and request and view.get_authenticate_header(request)) or "Bearer"


def flatten(detail: Any, path: tuple[str, ...] = ()) -> Iterator[errors.FieldError]:
    """DRF's nested errors as a flat list with dotted paths: `answers.size`, `items.0.name`."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            yield from flatten(inner, (*path, str(name)))
    elif isinstance(detail, list | tuple):
        for place, inner in enumerate(detail):
            nested = isinstance(inner, dict | list | tuple)
            yield from flatten(inner, (*path, str(place)) if nested else path)
    else:
        general = ("__all__", api_settings.NON_FIELD_ERRORS_KEY)
        field = ".".join(part for part in path if part not in general)
        yield errors.FieldError(field, getattr(detail, "code", None) or "invalid", str(detail))
