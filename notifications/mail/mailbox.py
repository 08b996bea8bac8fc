"""Emptying a mailbox over IMAP."""

from __future__ import annotations

import imaplib
import logging
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.db import InterfaceError, OperationalError

from core.errors import Refused, RetryLater
from notifications.mail.parsing import UnreadableError
from notifications.mail.receiving import receive

logger = logging.getLogger(__name__)

TIMEOUT_SECONDS = 30

NOT_ITS_FAULT = (RetryLater, OperationalError, InterfaceError, OSError)
"""Trouble of the database or the storage, which every e-mail would meet: they wait for the next run."""


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
        numbers = [*_unseen(server, "UNFLAGGED"), *_unseen(server, "FLAGGED")]
        for number in numbers:
            # First: whatever ends this run before its end comes last in the next one.
            server.uid("STORE", number, "+FLAGS", r"(\Flagged)")
            is_settled = _take_in(server, number)
            server.uid("STORE", number, "+FLAGS", r"(\Seen \Deleted)" if is_settled else r"(\Seen)")
        server.expunge()
    return len(numbers)


def _unseen(server: imaplib.IMAP4, flagged: str) -> list[str]:
    _, found = server.uid("SEARCH", "UNSEEN", flagged)
    return (found[0] or b"").decode().split()


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
    except NOT_ITS_FAULT:
        raise
    except (Refused, UnreadableError) as refused:
        logger.warning("E-mail %s in the mailbox was refused: %s", number, refused)
        return False
    except Exception:
        logger.exception("E-mail %s in the mailbox could not be taken in", number)
        return False
    return True
