"""Refresh tokens: good once. The row of the session decides every race."""

from __future__ import annotations

import secrets
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing

from accounts.letters import fingerprint
from accounts.models import AccountMail, Session
from core import clock
from core.errors import NotAuthenticated
from core.transactions import atomic_with_retry

SALT = "accounts.refresh"


def first(session: Session) -> str:
    """The first refresh token of a new session."""
    token = _made_for(session.pk)
    Session.objects.filter(pk=session.pk).update(refresh_hash=fingerprint(token))
    return token


def redeem(token: str, *, way: str) -> tuple[Session, str]:
    """The session behind an unused token, with its person, and the token that replaces it.

    One statement on one row decides: in any race one caller wins. Raises NotAuthenticated for the
    others; a token that was replaced before ends its session, for somebody holds a copy.
    """
    named, shown, now = named_session(token), fingerprint(token), clock.now()
    replacement = _made_for(named)
    rows = Session.objects.filter(pk=named, way=way)
    won = rows.filter(refresh_hash=shown, ended_at=None, expires_at__gt=now).update(
        refresh_hash=fingerprint(replacement), previous_hash=shown, rotated_at=now, last_used_at=now
    )
    if not won:
        _lost(rows.first(), shown)
        raise _dead()
    session = Session.objects.with_person(on=clock.today()).live(at=now).filter(pk=named).first()
    if session is None:
        raise _dead()
    return session, replacement


def named_session(token: str) -> UUID:
    """The id of the session that an authentic token names. Raises NotAuthenticated for a forged one."""
    try:
        return UUID(signing.loads(token, salt=SALT)["session"])
    except (signing.BadSignature, KeyError, ValueError, TypeError) as error:
        raise _dead() from error


def _made_for(session: Any) -> str:
    content = {"session": str(session), "nonce": secrets.token_urlsafe(32)}
    return signing.dumps(content, salt=SALT)


def _lost(session: Session | None, shown: str) -> None:
    """An authentic token that is not the current one: another tab was faster, or it was copied."""
    if session is None or session.ended_at or session.expires_at <= clock.now():
        return
    if not _is_late_tab(session, shown):
        end_for_reuse(session)


def _is_late_tab(session: Session, shown: str) -> bool:
    grace = timedelta(seconds=settings.REFRESH_GRACE_SECONDS)
    is_predecessor = secrets.compare_digest(session.previous_hash, shown)
    return (
        is_predecessor
        and session.rotated_at is not None
        and clock.now() - session.rotated_at <= grace
    )


def end_for_reuse(session: Session) -> None:
    """Shut out both holders of a copied token and tell the owner, whatever becomes of the request."""

    def ended() -> None:
        if Session.objects.filter(pk=session.pk).end(Session.EndReason.REFRESH_REUSED):
            session.user.remark("refresh_reused")
            AccountMail.objects.create(user=session.user, kind=AccountMail.Kind.REFRESH_REUSED)

    atomic_with_retry(ended)


def _dead() -> NotAuthenticated:
    return NotAuthenticated("This refresh token is not valid, or not any more. Sign in again.")
