"""Sending letters: each outside of any transaction, again later where it fails."""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from smtplib import SMTPException
from typing import Any, TypeVar

from django.core.mail import send_mail
from django.db import connection, transaction

from accounts.models.letter import Letter
from core import clock

L = TypeVar("L", bound=Letter)

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 8


@dataclass(frozen=True)
class Mail:
    """What is sent, and to whom."""

    to: str
    subject: str
    text: str


def send_due(model: type[L], write: Callable[[L, str], Mail]) -> int:
    """Send what is due, as `write` words it around its secret; returns how many were sent.

    What could not be sent is due again later, at growing intervals, a few times.
    """
    sent = 0
    while claimed := _claim(model):
        sent += _send(model, *claimed, write)
    return sent


def fingerprint(secret: str) -> str:
    """What is kept of a secret that we only need to recognise."""
    return hashlib.sha256(secret.encode()).hexdigest()


def _claim(model: type[L]) -> tuple[L, str] | None:
    """The next letter that is due, and its secret; nobody else sends it for a while."""
    with transaction.atomic():
        now = clock.now()
        rows: Any = model._default_manager
        due = rows.unsent(at=now, attempts=MOST_ATTEMPTS).order_by("due_at", "pk")
        if connection.features.has_select_for_update_skip_locked:
            due = due.select_for_update(skip_locked=True)
        letter: L | None = due.first()
        if letter is None:
            return None
        secret = secrets.token_urlsafe(32)
        letter.attempts += 1
        letter.due_at = now + timedelta(seconds=30 * 2**letter.attempts)
        if letter.opens_the_door:
            letter.token_hash, letter.expires_at = fingerprint(secret), now + letter.lifetime
        letter.save()
    return letter, secret


def _send(model: type[L], letter: L, secret: str, write: Callable[[L, str], Mail]) -> bool:
    mail = write(letter, secret)
    try:
        send_mail(mail.subject, mail.text, None, [mail.to])
    except (OSError, SMTPException):
        logger.exception("A letter was not sent and is due again later")
        return False
    model._default_manager.filter(pk=letter.pk).update(sent_at=clock.now())
    return True
