"""The page behind the last line of every e-mail: for whoever has the letter, signed in or not."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from accounts.models import User
from notifications.mail.addresses import read_unsubscribe_token
from notifications.wishes import stop_mail

EVERYTHING = "everything"


@csrf_exempt  # mail programs post here by themselves (RFC 8058); the token is what allows it
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request: HttpRequest, token: str) -> HttpResponse:
    """Ask before anything is changed: programs that look at links do not end anybody's e-mail."""
    found = read_unsubscribe_token(token)
    if found is None or not User.objects.active().filter(pk=found[0]).exists():
        return render(request, "notifications/unsubscribe_dead.html", status=410)
    person, topics = found
    is_done = request.method == "POST"
    if is_done:
        stop_mail(person, [] if EVERYTHING in request.POST else topics)
        if EVERYTHING in request.POST:
            topics = []
    context = {"topics": [topic.label for topic in topics], "is_done": is_done}
    return render(request, "notifications/unsubscribe.html", context)
