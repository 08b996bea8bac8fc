"""Sending letters: each outside of any transaction, again later where it fails."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused, SMTPSenderRefused
from typing import Any, TypeVar

from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import connection, transaction

from accounts.models.letter import Posted, fingerprint
from core import clock

__all__ = ["MOST_ATTEMPTS", "Mail", "fingerprint", "send_due"]

L = TypeVar("L", bound=Posted)

logger = logging.getLogger(__name__)

MOST_ATTEMPTS = 8
LONGEST_ROUND_SECONDS = 20.0
"""A slow mail server keeps a worker from its other chores no longer than this."""

LOOP_HEADERS = {
    # RFC 3834, what Exchange reads, and what older robots read: nobody answers by machine.
    "Auto-Submitted": "auto-generated",
    "X-Auto-Response-Suppress": "All",
    "Precedence": "bulk",
}
ITS_OWN_FAULT = (SMTPRecipientsRefused, SMTPSenderRefused, SMTPDataError, ValueError)
"""The server works, and does not take this letter (ValueError: it cannot be addressed at all)."""


@dataclass(frozen=True)
class Mail:
    """What is sent, and to whom."""

    to: str
    subject: str
    text: str
    html: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


class ServerDownError(Exception):
    """The mail server takes nothing at present."""


def send_due(model: type[L], write: Callable[[L, str], Mail | None]) -> int:
    """Send what is due, as `write` words it around its secret; returns how many were sent.

    `write` answers None where there is nothing to say any more. What a server refused is due again
    at growing intervals, a few times; while it takes nothing at all, nobody's tries are used up.
    """
    sent, until = 0, time.monotonic() + LONGEST_ROUND_SECONDS
    post = get_connection()
    try:
        while time.monotonic() < until and (claimed := _claim(model)):
            sent += _send(model, *claimed, write, post)
    except ServerDownError:
        logger.warning("The mail server takes no letters at present", exc_info=True)
    finally:
        with suppress(OSError):
            post.close()
    return sent


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
        secret = letter.sealed()
        letter.attempts += 1
        letter.due_at = now + timedelta(seconds=30 * 2**letter.attempts)
        letter.save()
    return letter, secret


def _send(
    model: type[L], letter: L, secret: str, write: Callable[[L, str], Mail | None], post: Any
) -> bool:
    mail = write(letter, secret)
    if mail is None:
        return False
    mine = model._default_manager.filter(pk=letter.pk)
    try:
        _message(mail, post).send()
    except ITS_OWN_FAULT as refused:
        logger.exception("A letter was not sent and is due again later")
        letter.was_not_sent(refused)
        return False
    except (OSError, SMTPException) as down:
        mine.update(attempts=letter.attempts - 1)
        letter.was_not_sent(down)
        raise ServerDownError from down
    mine.update(sent_at=clock.now())
    return True


def _message(mail: Mail, post: Any) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        None,
        [mail.to],
        connection=post,
        headers=LOOP_HEADERS | {**mail.headers},
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message
