"""Turning e-mails into comments and tickets: only from who has an account and the address that we gave them."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from django.db import IntegrityError, transaction

from accounts.models import User
from core import texts
from core.errors import InvalidInput, NotFound
from core.lifecycle import create
from core.models import WorkItem
from core.querysets import visible_row
from core.transactions import atomic_with_retry
from discussion.models import Comment
from notifications.mail.addresses import Reply, read_reply_address
from notifications.mail.attachments import Taken, hang, take
from notifications.mail.parsing import Head, Letter, read_head, read_letter
from notifications.mail.trimming import trimmed
from notifications.models import ReceivedMail
from tickets.models import Ticket

MOST_WORDS = 5_000
"""Comments hold more; there has to be room for what is said about files."""

LONGEST_TITLE = 200
CUT = "\n\n(It was longer, and was cut here.)"

logger = logging.getLogger(__name__)


class Outcome(StrEnum):
    """What became of an e-mail."""

    COMMENT = "It is a comment now."
    TICKET = "It is a ticket now."
    REPEATED = "It came before."
    AUTOMATIC = "A program wrote it."
    STRANGE = "It is not from somebody who may write here."


def receive(
    raw: bytes, *, recipients: Iterable[str] = (), envelope_sender: str | None = None
) -> Outcome:
    """Take in one e-mail, once. ``recipients`` and ``envelope_sender`` are what the mail server knows.

    Raises UnreadableError, and Refused with a sentence for who wrote it. Who has no account, or not
    the address that was made for them, is told nothing.
    """
    head = read_head(raw, envelope_sender=envelope_sender)
    if head.is_automatic:
        return Outcome.AUTOMATIC
    reply = _reply([*recipients, *head.recipients])
    person = _writer(head, reply)
    if reply is None or person is None:
        logger.warning("An e-mail was not from somebody who may write here")
        return Outcome.STRANGE
    fingerprint = _fingerprint(head, reply, raw)
    if _came_before(fingerprint):
        return Outcome.REPEATED
    mail = read_letter(raw)  # not before: reading what strangers write would be their choice
    taken = take(mail.attachments, person)
    try:
        return atomic_with_retry(lambda: _take_in(mail, taken, reply, person, fingerprint))
    except IntegrityError:
        if not _came_before(fingerprint):
            raise
        return Outcome.REPEATED


def _reply(addresses: Iterable[str]) -> Reply | None:
    found = (read_reply_address(address) for address in addresses)
    return next((reply for reply in found if reply is not None), None)


def _writer(head: Head, reply: Reply | None) -> User | None:
    """Whom the address was made for, if it is they who write."""
    if reply is None or not head.sender:
        return None
    people = User.objects.active().with_rights().filter(pk=reply.person, email=head.sender)
    found: User | None = people.first()
    return found


def _fingerprint(head: Head, reply: Reply, raw: bytes) -> str:
    """Whose e-mail it is belongs to it: nobody can take somebody else's Message-ID away from them."""
    about = reply.item and f"{reply.item._meta.label_lower} {reply.item.pk}"
    identity = head.message_id or hashlib.sha256(raw).hexdigest()
    return hashlib.sha256(f"{reply.person}\n{about}\n{identity}".encode()).hexdigest()


def _came_before(fingerprint: str) -> bool:
    return ReceivedMail.objects.filter(fingerprint=fingerprint).exists()


def _take_in(mail: Letter, taken: Taken, reply: Reply, person: User, fingerprint: str) -> Outcome:
    is_new = reply.item is None
    with transaction.atomic():
        received = ReceivedMail(person=person, fingerprint=fingerprint)
        received.outcome = received.Outcome.TICKET if is_new else received.Outcome.COMMENT
        received.save()  # first: whoever delivers the same one now waits here
    words = _words(mail, taken)
    item = _ticket(mail, words, person) if is_new else _comment(words, reply, person)
    hang(taken.files, item, person, is_internal=reply.is_internal)
    received.subject_type, received.subject_id = item._meta.label_lower, item.pk
    received.save()
    return Outcome.TICKET if is_new else Outcome.COMMENT


def _ticket(mail: Letter, words: str, person: User) -> WorkItem:
    title = texts.on_one_line(mail.subject)[:LONGEST_TITLE] or "An e-mail without a subject"
    return create(Ticket(title=title, description=words or mail.subject), actor=person)


def _comment(words: str, reply: Reply, person: User) -> WorkItem:
    named: Any = reply.item
    item: WorkItem | None = visible_row(type(named), person, named.pk)
    if item is None or not item.carries:
        raise NotFound
    if not words:
        raise InvalidInput("There are no words in it.")
    # What answers words among agents stays among them; else the kind of item says who reads it.
    unsaid: Any = None
    said = Comment(body=words, is_internal=reply.is_internal or unsaid)
    create(said.attach_to(item), actor=person)
    return item


def _words(mail: Letter, taken: Taken) -> str:
    """What the person wrote, and what became of their files."""
    words = trimmed(mail.text)
    words = words if len(words) <= MOST_WORDS else words[:MOST_WORDS] + CUT
    brought = [f"(With {file.title}.)" for file in taken.files] if not words else []
    return "\n\n".join(filter(None, [words, *brought, *taken.left_out]))
