"""Reading an e-mail, whatever is in it: nothing that somebody sends makes this fail in a new way."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email import policy
from email.errors import MessageError
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from email.utils import collapse_rfc2231_value, getaddresses

from core import texts
from notifications.mail import bounds
from notifications.mail.trimming import text_of_html

MOST_PARTS = 200
MOST_TEXT_BYTES = 256 * 1024
LONGEST_HEADER = 2_000
SLOW_CHARSETS = {"punycode", "idna"}
DELIVERED_TO = ("Delivered-To", "X-Original-To", "Envelope-To", "To", "Cc")
OUR_OWN = "X-FlowTrack-Mail"
ROBOTS = ("mailer-daemon@", "postmaster@")
BY_ROBOTS = {"bulk", "junk", "list", "auto_reply"}
INVISIBLE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


class UnreadableError(Exception):
    """It is no e-mail."""


@dataclass(frozen=True)
class Attachment:
    """A file that came with an e-mail."""

    name: str
    content: bytes


@dataclass(frozen=True)
class Head:
    """Who writes to whom, which is known before the rest is read."""

    message_id: str
    sender: str
    """Empty unless there is exactly one."""

    recipients: tuple[str, ...]
    is_automatic: bool
    """Written by a program: an answer, a bounce, a report, a mailing list, or one of our own."""


@dataclass(frozen=True)
class Letter:
    """What somebody wrote, and sent along."""

    subject: str
    text: str
    attachments: tuple[Attachment, ...]


def read_head(raw: bytes, *, envelope_sender: str | None = None) -> Head:
    """Raises UnreadableError; ``envelope_sender`` is what the mail server was told, "" for bounces."""
    with _whatever_is_in_it():
        message = BytesHeaderParser(policy=policy.compat32).parsebytes(bounds.head_of(raw))
        senders = _addresses(message, ["From"])
        return Head(
            message_id=_header(message, "Message-ID"),
            sender=senders[0] if len(senders) == 1 else "",
            recipients=tuple(_addresses(message, DELIVERED_TO)),
            is_automatic=_is_automatic(message, senders, envelope_sender),
        )


def read_letter(raw: bytes) -> Letter:
    """All of it, once its head says that somebody writes who may. Raises UnreadableError."""
    with _whatever_is_in_it():
        bounds.refuse_too_many_parts(raw)
        message = BytesParser(policy=policy.compat32).parsebytes(raw)
        bounds.refuse_long_headers(message)
        parts = list(_leaves(message))
        return Letter(
            subject=_header(message, "Subject"),
            text=_text(parts),
            attachments=tuple(_attachments(parts)),
        )


@contextmanager
def _whatever_is_in_it() -> Iterator[None]:
    try:
        yield
    except (
        MessageError,
        LookupError,
        ValueError,
        TypeError,
        AttributeError,
        RecursionError,
    ) as error:
        raise UnreadableError(type(error).__name__) from error


def _is_automatic(message: Message, senders: Iterable[str], envelope_sender: str | None) -> bool:
    """RFC 3834, RFC 3464, what older robots say, and what we write into our own."""
    submitted = _header(message, "Auto-Submitted").partition(";")[0].strip().lower()
    return_path = message.get("Return-Path")
    return (
        submitted not in ("", "no")
        or _header(message, "Precedence").lower() in BY_ROBOTS
        or any(name in message for name in (OUR_OWN, "List-Id", "X-Autoreply", "X-Autorespond"))
        or envelope_sender in ("", "<>")
        or (return_path is not None and str(return_path).strip() in ("", "<>"))
        or message.get_content_type() == "multipart/report"
        or any(sender.startswith(ROBOTS) for sender in senders)
    )


def _addresses(message: Message, names: Iterable[str]) -> list[str]:
    """Every address in these headers once, in lower case."""
    values = [_clean(str(value)) for name in names for value in message.get_all(name, [])]
    found = (address.strip().lower() for _, address in getaddresses(values))
    return list(dict.fromkeys(address for address in found if "@" in address))


def _header(message: Message, name: str) -> str:
    """One header in words, on one line."""
    value = str(message.get(name, ""))[:LONGEST_HEADER]
    with suppress(MessageError, LookupError, ValueError):  # or as it came
        value = str(make_header(decode_header(value)))
    return " ".join(texts.on_one_line(_clean(value)).split())


def _leaves(message: Message) -> Iterator[Message]:
    """The parts that hold something; e-mails within the e-mail are not opened."""
    waiting, seen = [message], 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        payload = part.get_payload()
        if part.get_content_maintype() == "multipart" and isinstance(payload, list):
            waiting = [each for each in payload if isinstance(each, Message)] + waiting
        else:
            yield part


def _text(parts: Iterable[Message]) -> str:
    """The words: plain ones before those of HTML."""
    shown = [part for part in parts if not _name_of(part)]
    for kind in ("text/plain", "text/html"):
        for part in shown:
            if part.get_content_type() == kind:
                text = _decoded(part)
                return text_of_html(text) if kind == "text/html" else text
    return ""


def _decoded(part: Message) -> str:
    content = _content(part)[:MOST_TEXT_BYTES]
    charset = str(part.get_content_charset() or "utf-8")
    try:
        charset = "utf-8" if codecs.lookup(charset).name in SLOW_CHARSETS else charset
        text = content.decode(charset, errors="replace")
    except LookupError:
        text = content.decode("utf-8", errors="replace")
    return _clean(text.replace("\r\n", "\n").replace("\r", "\n"))


def _attachments(parts: Iterable[Message]) -> Iterator[Attachment]:
    for part in parts:
        name, content = _name_of(part), _content(part)
        if name and content:
            yield Attachment(name, content)


def _name_of(part: Message) -> str:
    """What the file is called; empty for what is meant to be read in the e-mail itself."""
    name = part.get_filename()
    if name:
        return texts.on_one_line(_clean(collapse_rfc2231_value(name)))
    is_file = part.get_content_disposition() == "attachment"
    return "attachment" if is_file else ""


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _clean(text: str) -> str:
    """Without what no database stores and nobody sees."""
    return INVISIBLE.sub("", text.encode("utf-8", "replace").decode("utf-8"))
