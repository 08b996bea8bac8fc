"""E-mails as people write them, and the addresses they answer to."""

from __future__ import annotations

from email.message import EmailMessage

from accounts.models import User
from core.models import WorkItem
from notifications.mail.addresses import reply_address


def letter(
    person: User,
    to: str,
    text: str = "It works again.",
    *,
    subject: str = "Re: The lamp",
    **headers: str,
) -> EmailMessage:
    """What this person's mail program sends; an underscore in a header's name is a hyphen."""
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = f"{person.name} <{person.email}>", to, subject
    mail["Message-ID"] = "<one@ann.example>"
    for name, value in headers.items():
        del mail[name.replace("_", "-")]
        mail[name.replace("_", "-")] = value
    mail.set_content(text)
    return mail


def answer_of(person: User, item: WorkItem, *, is_internal: bool = False) -> str:
    """Where this person answers to what they were told about an item."""
    return reply_address(person.pk, str(item), is_internal=is_internal)
