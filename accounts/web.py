"""Sign-in for pages: Django's signed-cookie session names a Session row, and the row decides."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.middleware.csrf import rotate_token

from accounts.live_sessions import live_session
from accounts.models import Session, User
from accounts.sign_in import open_session
from core import clock
from core.api.throttles import client_address

KEY = "account_session"
# Last use is worth a write now and then, not at every request.
NOTED_EVERY = timedelta(minutes=10)


def sign_in(request: HttpRequest, user: User) -> Session:
    """Let the person in by this browser; whoever was signed in here before is out."""
    sign_out(request)
    session = open_session(
        user,
        way=Session.Way.WEB,
        address=client_address(request),
        user_agent=request.headers.get("User-Agent", ""),
    )
    request.session[KEY] = str(session.pk)
    rotate_token(request)
    _remember(request, session, user)
    return session


def sign_out(request: HttpRequest) -> None:
    """End the session behind this browser, if there is one."""
    if session := session_of(request):
        session.end(Session.EndReason.SIGNED_OUT)
    request.session.flush()
    _remember(request, None, AnonymousUser())


def session_of(request: HttpRequest) -> Session | None:
    """The live web session of this request, with its person, looked up once."""
    if not hasattr(request, "_account_session"):
        request._account_session = _load(request)  # type: ignore[attr-defined]
    return request._account_session  # type: ignore[attr-defined]


def person_of(request: HttpRequest) -> User | AnonymousUser:
    """Who is signed in by this browser."""
    session = session_of(request)
    return session.person if session else AnonymousUser()


def _load(request: HttpRequest) -> Session | None:
    try:
        key = UUID(request.session[KEY])
    except (KeyError, ValueError, TypeError, AttributeError):
        return None
    session = live_session(key, way=Session.Way.WEB)
    if session and clock.now() - session.last_used_at > NOTED_EVERY:
        Session.objects.filter(pk=key).update(last_used_at=clock.now())
    return session


def _remember(request: HttpRequest, session: Session | None, user: User | AnonymousUser) -> None:
    request._account_session = request.account_session = session  # type: ignore[attr-defined]
    request.user = user
