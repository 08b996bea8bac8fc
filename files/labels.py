"""What a file is called: what its owner called it, without what could mislead or hide."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 150
LONGEST_EXTENSION = 12
NAMELESS = "file"
_PATHS = re.compile(r"[/\\]")
_FORBIDDEN = re.compile(r'[<>:"|?*]')


def label_of(name: str) -> str:
    """The last part of a path on one line, shown in the direction in which it is written.

    Never empty; keeps the extension however long the name is.
    """
    last = _PATHS.split(name)[-1]
    plain = unicodedata.normalize("NFC", "".join(map(_visible, last)))
    words = " ".join(_FORBIDDEN.sub("_", plain).split()).rstrip(". ")
    stem, dot, extension = words.rpartition(".")
    if not dot or len(extension) > LONGEST_EXTENSION:
        return words[:LONGEST].strip(". ") or NAMELESS
    stem = stem[: LONGEST - len(extension) - 1].strip(". ")
    return f"{stem or NAMELESS}.{extension}"


def extension_of(label: str) -> str:
    """What stands behind the last dot, in small letters; empty where there is none."""
    return label.rpartition(".")[2].lower() if "." in label else ""


def _visible(char: str) -> str:
    """Control characters, marks of direction and the like vanish; every kind of space becomes one."""
    category = unicodedata.category(char)
    if category.startswith("Z"):
        return " "
    return "" if category.startswith("C") else char
