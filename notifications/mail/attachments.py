"""The files that come with e-mails: stored like uploads, by the rules for uploads."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from accounts.models import User
from core.errors import Refused, RetryLater
from core.lifecycle import create
from core.models import WorkItem
from files.models.file import refuse_over_quota
from files.reception import Received, Reception
from notifications.mail.parsing import Attachment

MOST = 20

logger = logging.getLogger(__name__)


class Taken(NamedTuple):
    """What could be stored, and a line about each that could not."""

    files: list[Received]
    left_out: list[str]


def take(attachments: Sequence[Attachment], person: User) -> Taken:
    """Store them; outside of any transaction, because it takes its time. The words come in any case."""
    taken = Taken([], [])
    for each in attachments[:MOST]:
        try:
            refuse_over_quota(person, len(each.content))
            taken.files.append(_stored(each))
        except RetryLater:
            raise
        except Refused as refused:
            taken.left_out.append(f"(Not taken in: {each.name[:100]}. {refused.detail})")
    if len(attachments) > MOST:
        taken.left_out.append(f"(Not taken in: {len(attachments) - MOST} more files.)")
    return taken


def hang(files: Iterable[Received], item: WorkItem, person: User, *, is_internal: bool) -> None:
    """Hang on the item what was stored."""
    for each in files:
        # What answers words among agents stays among them; else the kind of item says who reads it.
        file = each.as_file(is_internal=True if is_internal else None)
        try:
            create(file.attach_to(item), actor=person)
        except RetryLater:
            raise
        except Refused:
            # The rules were asked before; what raced with another upload is left to the sweeper.
            logger.warning("A file that came by e-mail was left out", exc_info=True)


def _stored(attachment: Attachment) -> Received:
    """Its bytes, before any row knows them: nothing of the database waits for the storage."""
    reception = Reception(attachment.name)
    try:
        reception.write(attachment.content)
        return reception.finish()
    except BaseException:
        reception.cancel()
        raise
