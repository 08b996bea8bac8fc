"""How a page with a form is answered."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.errors import RetryLater
from portal.forms import ServiceForm


def form_page(
    request: HttpRequest, template: str, form: ServiceForm, **context: Any
) -> HttpResponse:
    """The page with its form: 200 when fresh, 400 when refused, 429 or 503 when it may work later."""
    response = render(request, template, {"form": form, **context}, status=form.status)
    if isinstance(form.refusal, RetryLater):
        response["Retry-After"] = str(form.refusal.retry_after)
    return response
