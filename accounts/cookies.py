"""The cookie transport: tokens that scripts cannot read, and the header that proves who sent the request."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare, salted_hmac

from accounts.models import Session
from core import clock
from core.errors import NotPermitted

HEADER = "X-CSRFToken"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})


class ForgedRequest(NotPermitted):
    """The browser sent the cookies, but perhaps not on the person's behalf."""

    code = "csrf_failed"
    default_detail = "Send the csrf_token of your session in X-CSRFToken, from an origin of ours."


def access_name() -> str:
    return _name("ft_access")


def refresh_name() -> str:
    return _name("ft_refresh")


def hand_over(response: HttpResponseBase, session: Session, *, access: str, refresh: str) -> None:
    """Put both tokens into cookies until the session expires; the access token dies sooner by itself."""
    left = int((session.expires_at - clock.now()).total_seconds())
    for name, token in ((access_name(), access), (refresh_name(), refresh)):
        response.set_cookie(
            name,
            token,
            max_age=left,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )


def take_back(response: HttpResponseBase) -> None:
    """Have the browser forget both tokens."""
    for name in (access_name(), refresh_name()):
        response.delete_cookie(name, samesite="Lax")


def csrf_token(session: object) -> str:
    """What only a page that was given it can send back; bound to the session's id."""
    return salted_hmac("accounts.csrf", str(session), algorithm="sha256").hexdigest()


def refuse_forgery(request: HttpRequest, session: object) -> None:
    """Raise ForgedRequest for an unsafe request without the session's token, or from elsewhere."""
    if request.method in SAFE_METHODS:
        return
    sent = request.headers.get(HEADER, "")
    if not constant_time_compare(sent, csrf_token(session)) or not _is_ours(request):
        raise ForgedRequest


def _is_ours(request: HttpRequest) -> bool:
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    here = f"{request.scheme}://{request.get_host()}"
    return origin == here or any(
        _matches(origin, trusted) for trusted in settings.CSRF_TRUSTED_ORIGINS
    )


def _matches(origin: str, trusted: str) -> bool:
    """`https://*.example.com` trusts every host below, as Django's own check does."""
    if "*" not in trusted:
        return origin == trusted
    asked, allowed = urlsplit(origin), urlsplit(trusted)
    return asked.scheme == allowed.scheme and asked.netloc.endswith(allowed.netloc.lstrip("*"))


def _name(name: str) -> str:
    return f"__Host-{name}" if settings.SESSION_COOKIE_SECURE else name
