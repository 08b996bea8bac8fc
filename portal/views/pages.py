"""How a page with a form is answered."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from core.errors import TooManyRequests
from portal.forms import ServiceForm


def form_page(
    request: HttpRequest, template: str, form: ServiceForm, **context: Any
) -> HttpResponse:
    """The page with its form: 200 when fresh, 400 when refused, 429 when it came too often."""
    response = render(request, template, {"form": form, **context}, status=form.status)
    if isinstance(form.refusal, TooManyRequests):
        response["Retry-After"] = str(form.refusal.retry_after)
    return response
