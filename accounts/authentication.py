"""Who calls the API: a bearer token, or the cookies of a browser. Either names a session."""

from __future__ import annotations

from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.request import Request

from accounts import cookies, tokens
from accounts.models import Session, User
from core.errors import NotAuthenticated

CHALLENGE = 'Bearer realm="FlowTrack"'


class BearerAuthentication(BaseAuthentication):
    """`Authorization: Bearer …`. A request that brings one is judged by it alone."""

    def authenticate(self, request: Request) -> tuple[User, Session] | None:
        scheme, _, token = get_authorization_header(request).partition(b" ")
        if scheme.lower() != b"bearer":
            return None
        session = tokens.session_of(_text(token), way=Session.Way.BEARER)
        return session.person, session

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE


class CookieAuthentication(BaseAuthentication):
    """The access cookie; methods that change something also need the session's CSRF token."""

    def authenticate(self, request: Request) -> tuple[User, Session] | None:
        token = request.COOKIES.get(cookies.access_name())
        if not token:
            return None
        session = tokens.session_of(token, way=Session.Way.COOKIE)
        cookies.refuse_forgery(request._request, session.pk)
        return session.person, session

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE


def _text(token: bytes) -> str:
    try:
        return token.strip().decode("ascii")
    except UnicodeDecodeError as error:
        raise NotAuthenticated("This token is not valid, or not any more.") from error
