"""Pages for what went wrong, drawn without the database, the session or the person."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from core import request_id


class Words(NamedTuple):
    """What an error page says."""

    title: str
    sentence: str


WORDS = {
    400: Words("That did not make sense", "FlowTrack could not read this request."),
    403: Words("Not for you", "Your account may not open this page."),
    404: Words("Nothing here", "This page does not exist, or it is not yours to see."),
    500: Words(
        "Something broke", "The fault is ours, and it has been noted. Try again in a moment."
    ),
}
FORM_EXPIRED = Words(
    "This form has expired", "Nothing was sent. Go back, reload the page, and send it again."
)


def error_page(status: int, words: Words | None = None) -> HttpResponse:
    """A page that says what happened, with the id that finds it in the logs."""
    context = {
        "status": status,
        "words": words or WORDS[status],
        "request_id": request_id.current(),
    }
    # No request is handed in: context processors might need the very part that broke.
    return HttpResponse(render_to_string("portal/error.html", context), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400."""
    return error_page(400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403, with the reason if there is one."""
    reason = str(exception)
    return error_page(403, WORDS[403]._replace(sentence=reason) if reason else None)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return error_page(404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500."""
    return error_page(500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form without a valid token: nearly always one left open for too long."""
    return error_page(403, FORM_EXPIRED)
