"""Which types of file are taken: what its bytes say and what its name says have to agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import puremagic

from core.errors import InvalidInput
from files.labels import extension_of

HEAD = 64 * 1024
"""As many bytes of the beginning are looked at."""

ANYTHING = "application/octet-stream"
ACTIVE = frozenset({".html", ".htm", ".xhtml", ".svg", ".hta", ".exe", ".dll"})
"""What a text may not turn out to be."""

Agrees = Callable[[bytes, frozenset[str]], bool]


@dataclass(frozen=True)
class Kind:
    """One type of file, and whether a beginning is one of it."""

    media_type: str
    agrees: Agrees
    is_safe: bool = True
    """Whether browsers may be told the type; else they are told that it is some bytes."""


def kind_of(label: str) -> Kind:
    """The type that the name stands for. Raises InvalidInput where it is not taken."""
    extension = extension_of(label)
    kind = KINDS.get(extension)
    if kind is None:
        named = f"Files of the type .{extension} are" if extension else "A file without a type is"
        raise InvalidInput.of("file", f"{named} not taken.", code="type_not_taken")
    return kind


def refuse_what_differs(label: str, head: bytes) -> None:
    """Raises InvalidInput where the bytes are not what the name says."""
    if not kind_of(label).agrees(head, _recognised(head)):
        said = f"Its content is not that of a .{extension_of(label)} file."
        raise InvalidInput.of("file", said, code="type_differs")


def told_to_browsers(media_type: str) -> str:
    """The type that a download carries."""
    return media_type if media_type in SAFE else ANYTHING


def _recognised(head: bytes) -> frozenset[str]:
    """Extensions of what the bytes could be, as their marks tell."""
    try:
        return frozenset(found.extension for found in puremagic.magic_string(head))
    except (puremagic.PureError, ValueError):
        return frozenset()  # it has no marks, as plain text


def _marked(*extensions: str) -> Agrees:
    return lambda head, recognised: not recognised.isdisjoint(extensions)


def _text(head: bytes, recognised: frozenset[str]) -> bool:
    """Words in some encoding, and nothing that a browser would run."""
    if not recognised.isdisjoint(ACTIVE):
        return False
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return _decodes(head, "utf-16")
    return not any(byte < 32 and byte not in b"\t\n\f\r\x1b" for byte in head)


def _decodes(head: bytes, encoding: str) -> bool:
    try:
        words = head[: len(head) // 2 * 2].decode(encoding, errors="strict")
    except UnicodeDecodeError:
        return False
    return "\x00" not in words


def _zip(head: bytes, recognised: frozenset[str]) -> bool:
    return head.startswith((b"PK\x03\x04", b"PK\x05\x06"))


def _office(folder: bytes) -> Agrees:
    """An archive with the parts of an Office document; which kind, its first parts may not tell."""
    parts = (b"[Content_Types].xml", b"_rels/", folder)
    return lambda head, recognised: _zip(head, recognised) and any(part in head for part in parts)


def _open_document(kind: str) -> Agrees:
    mark = f"mimetypeapplication/vnd.oasis.opendocument.{kind}".encode()
    return lambda head, recognised: _zip(head, recognised) and head[30:].startswith(mark)


def _texts(*names: str) -> dict[str, Kind]:
    return {name: Kind("text/plain", _text) for name in names}


OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"

KINDS: dict[str, Kind] = {
    "png": Kind("image/png", _marked(".png")),
    "jpg": Kind("image/jpeg", _marked(".jpg")),
    "jpeg": Kind("image/jpeg", _marked(".jpg")),
    "gif": Kind("image/gif", _marked(".gif")),
    "webp": Kind("image/webp", _marked(".webp")),
    "heic": Kind("image/heic", _marked(".heic", ".heif")),
    "bmp": Kind("image/bmp", _marked(".bmp")),
    "tif": Kind("image/tiff", _marked(".tif")),
    "tiff": Kind("image/tiff", _marked(".tif")),
    "pdf": Kind("application/pdf", _marked(".pdf")),
    "docx": Kind(f"{OFFICE}.wordprocessingml.document", _office(b"word/")),
    "xlsx": Kind(f"{OFFICE}.spreadsheetml.sheet", _office(b"xl/")),
    "pptx": Kind(f"{OFFICE}.presentationml.presentation", _office(b"ppt/")),
    "odt": Kind(f"{OPEN}.text", _open_document("text")),
    "ods": Kind(f"{OPEN}.spreadsheet", _open_document("spreadsheet")),
    "odp": Kind(f"{OPEN}.presentation", _open_document("presentation")),
    "doc": Kind("application/msword", _marked(".doc"), is_safe=False),
    "xls": Kind("application/vnd.ms-excel", _marked(".doc", ".xls"), is_safe=False),
    "ppt": Kind("application/vnd.ms-powerpoint", _marked(".doc", ".ppt"), is_safe=False),
    "msg": Kind("application/vnd.ms-outlook", _marked(".doc", ".msg"), is_safe=False),
    "rtf": Kind("application/rtf", _marked(".rtf"), is_safe=False),
    "eml": Kind("message/rfc822", _text, is_safe=False),
    "csv": Kind("text/csv", _text),
    "json": Kind("application/json", _text, is_safe=False),
    "ics": Kind("text/calendar", _text, is_safe=False),
    "vcf": Kind("text/vcard", _text, is_safe=False),
    "zip": Kind("application/zip", _zip),
    "gz": Kind("application/gzip", _marked(".gz")),
    "7z": Kind("application/x-7z-compressed", _marked(".7z")),
    "mp3": Kind("audio/mpeg", _marked(".mp3")),
    "wav": Kind("audio/wav", _marked(".wav")),
    "mp4": Kind("video/mp4", _marked(".mp4")),
    "mov": Kind("video/quicktime", _marked(".mov")),
    "webm": Kind("video/webm", _marked(".webm")),
    **_texts("txt", "log", "md", "tsv", "yaml", "yml"),
}
"""By extension. What runs, and what shows as a page (HTML, SVG, XML), is not among them."""

SAFE = frozenset(kind.media_type for kind in KINDS.values() if kind.is_safe)
MEDIA_TYPES = sorted({kind.media_type for kind in KINDS.values()})
