from __future__ import annotations

import logging
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from core.errors import Refused, RetryLater
from notifications.mail.mailbox import empty
from notifications.mail.parsing import UnreadableError
from notifications.mail.receiving import receive

logger = logging.getLogger(__name__)

# As in sysexits.h, which mail servers know.
UNREADABLE, TRY_AGAIN, NOT_PERMITTED = 65, 75, 77
CHUNK = 1024 * 1024


class Command(BaseCommand):
    help = (
        "Turn an e-mail on standard input, or those in the mailbox of MAIL_IN_URL, into a comment or a"
        " ticket. Exit 0: done, or nothing to do; 65: unreadable or too large; 75: try again; 77: refused."
    )
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--imap", action="store_true", help="empty the mailbox of MAIL_IN_URL")
        parser.add_argument(
            "--recipient", action="append", default=[], help="for whom it came, as the server knows"
        )
        parser.add_argument("--sender", help="who sent it, as the server knows; empty for a bounce")

    def handle(
        self, *args: Any, imap: bool, recipient: list[str], sender: str | None, **options: Any
    ) -> None:
        if not settings.MAIL_REPLY_ADDRESS:
            raise CommandError("Set MAIL_REPLY_ADDRESS first.", returncode=TRY_AGAIN)
        if imap:
            if not settings.MAIL_IN_URL:
                raise CommandError("Set MAIL_IN_URL first.", returncode=TRY_AGAIN)
            self._try(lambda: f"Took in {empty(settings.MAIL_IN_URL)} e-mails.")
        else:
            self._try(lambda: _received(recipient, sender))

    def _try(self, work: Callable[[], str]) -> None:
        """Do it; what goes wrong is said in a sentence, and in the language of mail servers."""
        try:
            self.stdout.write(work())
        except UnreadableError:
            raise CommandError("It cannot be read.", returncode=UNREADABLE) from None
        except RetryLater as later:
            raise CommandError(later.detail, returncode=TRY_AGAIN) from None
        except Refused as refused:
            raise CommandError(refused.detail, returncode=NOT_PERMITTED) from None
        except Exception as error:
            # The mail server keeps it, so nothing is lost. It may pass on what we print: no traceback.
            place = traceback.extract_tb(error.__traceback__)[-1]
            at = f"{Path(place.filename).name}:{place.lineno}"
            logger.warning("An e-mail could not be taken in: %s at %s", type(error).__name__, at)
            raise CommandError("Try again later.", returncode=TRY_AGAIN) from error


def _received(recipients: list[str], sender: str | None) -> str:
    raw = sys.stdin.buffer.read(settings.MAIL_MOST_BYTES + 1)
    if len(raw) > settings.MAIL_MOST_BYTES:
        while sys.stdin.buffer.read(CHUNK):
            pass  # or the mail server would write into nothing
        raise UnreadableError("too large")
    return str(receive(raw, recipients=recipients, envelope_sender=sender))
