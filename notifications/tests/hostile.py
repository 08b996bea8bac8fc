"""What nobody writes by hand: e-mails made to be costly, or to break whoever reads them."""

from __future__ import annotations

K = 1024
PLAIN = b"Content-Type: text/plain\n"
HTML = b"Content-Type: text/html\n\n"
IN_PARTS = b'Content-Type: multipart/mixed; boundary="x"\n\n'
LONG_HEADER = b"Content-Disposition: " + b";" * 512 * K + b"\n\nx"

BROKEN = {
    "nothing": b"",
    "zeros": b"\x00" * 100,
    "a sender without end": b"From: " + b"a" * 100_000,
    "no such charset in the head": b"From: =?utf-8?b?////?= <x@y>\nTo: =?nonsense?q?x?= <reply+x@flowtrack.example>\n\n",
    "parts without end": b'Content-Type: multipart/mixed; boundary="x"\n\n' + b"--x\n" * 50_000,
    "no such charset": b"Content-Type: text/plain; charset=\xff\xfe\nFrom: \xff@\xfe\n\n\xff",
    "parts without boundary": b"Content-Type: multipart/mixed\nContent-Transfer-Encoding: base64\n\n%%%",
    "a name in no charset": b"Content-Disposition: attachment; filename*=utf-9''%ff\n\nx",
    "two senders": b"From: a@b, c@d\nDate: never\nMessage-ID: <<<>>>\n\nx",
}
"""Whole e-mails."""

COSTLY = {
    "comments": HTML + b"<!--" * 64 * K,
    "quotes in tags": HTML + b'<a b="' * 42 * K,
    "tags in tags": HTML + b"<a " * 84 * K,
    "sections": HTML + b"<![" * 84 * K,
    "formats": HTML + b"".join(b"<b x=%d>" % n for n in range(28 * K)),
    "boxes": HTML + b"<div>" * 50 * K,
    "words in boxes": HTML + b"<div><p>a" * 28 * K,
    "styles": HTML + b"<style>" * 64 * K + b"<" * 64 * K,
    "quotations": PLAIN + b"\n" + b"on wrote" * 32 * K,
    "punycode": b"Content-Type: text/plain; charset=punycode\n\n"
    + b"a" * 256 * K
    + b"-"
    + b"b9" * 64 * K,
    "uuencode": PLAIN + b"Content-Transfer-Encoding: uuencode\n\nbegin 666 x\n" + b"=" * 512 * K,
    "words in a subject": b"Subject: " + b"=?utf-8?q?x?= " * 4 * K + b"\n\nx",
    "a long subject": b"Subject: " + b"=?utf-8?q?x?= " * 37 * K + b"\n\nx",
    "options": b"Content-Disposition: " + b";" * 60 * K + b"\n\nx",
    "options of the kind": b"Content-Type: text/plain" + b";" * 60 * K + b"\n\nx",
    "a long header": LONG_HEADER,
    "a long header of a part": IN_PARTS + b"--x\n" + LONG_HEADER + b"\n--x--\n",
    "many parts": IN_PARTS + b"--x\n" * 256 * K,
    "parts in parts": b'Content-Type: multipart/mixed; boundary="y"\n\n--y\n' * 3 * K,
    "recipients": b"Cc: " + b"a@b," * 15 * K + b"\n\nx",
}
"""What follows sender and recipient."""


def nested(depth: int) -> bytes:
    """Parts in parts in parts."""
    heads = (f'Content-Type: multipart/mixed; boundary="{n}"\n\n--{n}\n' for n in range(depth))
    return "".join(heads).encode() + b"\n\nx"
