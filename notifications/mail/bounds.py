"""How much of an e-mail is read at all, found out before it is parsed: some of the parsing takes the square of the time."""

from __future__ import annotations

import re
from email.message import Message

MOST_HEADER_BYTES = 64 * 1024
"""The headers of the e-mail, and again those of all its parts."""

MOST_DASHED_LINES = 10_000
"""Each may begin a part."""

MOST_NESTED = 100

END_OF_HEAD = re.compile(rb"\r\n\r\n|\n\n|\r\r|\n\r\n")


class TooMuchError(ValueError):
    """Nobody writes such an e-mail."""


def head_of(raw: bytes) -> bytes:
    """What stands before the first empty line."""
    if raw.startswith((b"\n", b"\r")):
        return b""
    end = END_OF_HEAD.search(raw, 0, MOST_HEADER_BYTES)
    if end is None and len(raw) > MOST_HEADER_BYTES:
        raise TooMuchError("headers")
    return raw[: end.end()] if end else raw


def refuse_too_many_parts(raw: bytes) -> None:
    """Counts what may begin a part, whether it does or not."""
    if raw.count(b"\n--") + raw.count(b"\r--") > MOST_DASHED_LINES:
        raise TooMuchError("parts")
    words = raw.lower()
    if words.count(b"multipart/") + words.count(b"message/") > MOST_NESTED:
        raise TooMuchError("nesting")


def refuse_long_headers(message: Message) -> None:
    """Of all parts together; the e-mail's own were looked at before."""
    parts = (part for part in message.walk() if part is not message)
    if sum(len(name) + len(value) for part in parts for name, value in part.raw_items()) > (
        MOST_HEADER_BYTES
    ):
        raise TooMuchError("headers of parts")
