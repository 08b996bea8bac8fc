"""Who asks for a page."""

from __future__ import annotations

from functools import partial

from asgiref.sync import sync_to_async
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts import web


class SessionAuthenticationMiddleware(AuthenticationMiddleware):
    """`request.user` and `request.account_session` from the Session row, in one query, if asked for.

    A subclass of Django's own, because the admin's checks look for that one.
    """

    def process_request(self, request: HttpRequest) -> None:
        super().process_request(request)
        request.user = SimpleLazyObject(partial(web.person_of, request))  # type: ignore[assignment]
        request.auser = sync_to_async(partial(web.person_of, request))
        request.account_session = SimpleLazyObject(partial(web.session_of, request))  # type: ignore[attr-defined]
