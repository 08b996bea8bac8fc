"""Access tokens: short-lived JWTs that name a session. What they allow is looked up at every request."""

from __future__ import annotations

from datetime import timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import jwt
from django.conf import settings
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.exceptions import TokenBackendError

from accounts.live_sessions import live_session
from accounts.models import Session
from core import clock
from core.errors import NotAuthenticated

ISSUER = AUDIENCE = "flowtrack"
LONGEST_MINUTES = 10
# Clocks of two web servers differ a little.
LEEWAY_SECONDS = 5


class KeyRing(TokenBackend):
    """Signs with the first key and verifies with the one that the token names, so that keys can be replaced."""

    def __init__(self, keys: dict[str, str]) -> None:
        self.keys = keys
        self.current = next(iter(keys))
        super().__init__(
            "HS256",
            signing_key=keys[self.current],
            audience=AUDIENCE,
            issuer=ISSUER,
            leeway=LEEWAY_SECONDS,
        )

    def encode(self, payload: dict[str, Any]) -> str:
        claims = {**payload, "iss": self.issuer, "aud": self.audience}
        return jwt.encode(
            claims, self.prepared_signing_key, self.algorithm, headers={"kid": self.current}
        )

    def get_verifying_key(self, token: Any) -> Any:
        key = self.keys.get(jwt.get_unverified_header(token).get("kid", ""))
        if key is None:
            raise jwt.InvalidTokenError("Signed with a key that is not ours.")
        return self._prepare_key(key)


def issue(session: Session) -> str:
    """An access token for this session."""
    now = clock.now()
    minutes = min(settings.ACCESS_TOKEN_MINUTES, LONGEST_MINUTES)
    return _ring(settings.JWT_SIGNING_KEYS).encode(
        {
            "sub": str(session.user_id),
            "sid": str(session.pk),
            "jti": uuid4().hex,
            "iat": now,
            "exp": now + timedelta(minutes=minutes),
        }
    )


def session_of(token: str, *, way: str) -> Session:
    """The live session behind a token, with its person, in one query.

    Raises NotAuthenticated for forged, expired and revoked alike, and for a token of another transport.
    """
    try:
        claims = _ring(settings.JWT_SIGNING_KEYS).decode(token)  # type: ignore[arg-type]
        key, user = UUID(claims["sid"]), int(claims["sub"])
    except (TokenBackendError, KeyError, ValueError, TypeError) as error:
        raise NotAuthenticated("This token is not valid, or not any more.") from error
    session = live_session(key, way=way)
    if session is None or session.user_id != user:
        raise NotAuthenticated("This token is not valid, or not any more.")
    return session


@cache
def _ring(configured: str) -> KeyRing:
    pairs = (pair.strip().partition(":") for pair in configured.split(","))
    return KeyRing({name: key for name, _, key in pairs})
