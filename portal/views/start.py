"""The first page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@never_cache
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Who is signed in and where to go next; for visitors, what FlowTrack is."""
    template = "portal/start.html" if request.user.is_authenticated else "portal/welcome.html"
    return render(request, template)
