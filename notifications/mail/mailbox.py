"""Emptying a mailbox over IMAP."""

from __future__ import annotations

import imaplib
import logging
from urllib.parse import unquote, urlsplit

from django.conf import settings

from core.errors import Refused, RetryLater
from notifications.mail.parsing import UnreadableError
from notifications.mail.receiving import receive

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 30


def empty(url: str) -> int:
    """Take in what nobody has read; returns how many e-mails. Raises OSError, imaplib.IMAP4.error.

    What was taken in, or meant nothing, is deleted there. What was refused stays, flagged, for a person to see.
    """
    parts = urlsplit(url)
    kind = imaplib.IMAP4_SSL if parts.scheme == "imaps" else imaplib.IMAP4
    port = parts.port or (993 if parts.scheme == "imaps" else 143)
    with kind(parts.hostname or "localhost", port, timeout=TIMEOUT_SECONDS) as server:
        server.login(unquote(parts.username or ""), unquote(parts.password or ""))
        server.select(unquote(parts.path.strip("/")) or "INBOX")
        _, found = server.uid("SEARCH", "UNSEEN")
        numbers = (found[0] or b"").split()
        for number in numbers:
            is_settled = _take_in(server, number.decode())
            flags = r"(\Seen \Deleted)" if is_settled else r"(\Seen \Flagged)"
            server.uid("STORE", number.decode(), "+FLAGS", flags)
        server.expunge()
    return len(numbers)


def _take_in(server: imaplib.IMAP4, number: str) -> bool:
    """Whether the mailbox may forget it."""
    # One byte more than is received: a larger one is never loaded whole.
    _, data = server.uid("FETCH", number, f"(BODY.PEEK[]<0.{settings.MAIL_MOST_BYTES + 1}>)")
    raw = next((each[1] for each in data if isinstance(each, tuple)), b"")
    if len(raw) > settings.MAIL_MOST_BYTES:
        logger.warning("E-mail %s in the mailbox is too large", number)
        return False
    try:
        receive(raw)
    except RetryLater:
        raise
    except (Refused, UnreadableError) as refused:
        logger.warning("E-mail %s in the mailbox was refused: %s", number, refused)
        return False
    return True
