"""Signed statements of what the ledger was, kept where whoever changes the database does not reach."""

from __future__ import annotations

import logging
import os
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from hashlib import sha256
from itertools import pairwise
from pathlib import Path

from django.core import signing

from core.ledger.recomputing import State, Tampered

logger = logging.getLogger("flowtrack.ledger")

MARK = "checkpoint="
WRITTEN = re.compile(MARK + r"([\w-]+:[\w-]+)", re.ASCII)
"""How one is found again, in a file of them or in any log."""


@dataclass(frozen=True)
class Checkpoint:
    """What the ledger was at some moment, chained to the checkpoint before."""

    number: int
    at: str
    state: State
    previous: str
    token: str = ""

    @property
    def digest(self) -> str:
        """What the next one carries of this one."""
        return sha256(self.token.encode()).hexdigest()

    @property
    def line(self) -> str:
        """As it is written outside: for people, and signed."""
        said = f"{self.state.events} events of {self.state.subjects} subjects"
        return f"{self.at} ledger {self.number}: {said}, {MARK}{self.token}"


def signed(number: int, at: str, state: State, previous: Checkpoint | None) -> Checkpoint:
    """A new one."""
    link = previous.digest if previous else ""
    said = {"number": number, "at": at, "previous": link, **asdict(state)}
    token = _signer().sign_object(said)
    return Checkpoint(number, at, state, link, token)


def read(text: str) -> list[Checkpoint]:
    """Every checkpoint in a text, in its order.

    Raises Tampered unless each follows the one before it and the last one, which stands for all of
    them, is signed with a key of this installation.
    """
    found = [_read(token) for token in WRITTEN.findall(text)]
    for before, after in pairwise(found):
        if (after.number, after.previous) != (before.number + 1, before.digest):
            raise Tampered(f"Checkpoint {after.number} does not follow checkpoint {before.number}.")
    if found:
        _refuse_what_others_signed(found[-1])
    return found


def last_in(path: Path) -> Checkpoint | None:
    """The last one in a file; none where there is no such file yet."""
    try:
        found = read(path.read_text())
    except FileNotFoundError:
        return None
    return found[-1] if found else None


def write_outside(lines: Iterable[str], path: Path | None) -> None:
    """Append them to the file, through to the disk; to the log where there is none."""
    if path is None:
        for line in lines:
            logger.info("%s", line)
        return
    with path.open("a") as file:
        file.writelines(f"{line}\n" for line in lines)
        file.flush()
        os.fsync(file.fileno())


def _read(token: str) -> Checkpoint:
    try:
        said = signing.b64_decode(token.partition(":")[0].encode())
        fields = signing.JSONSerializer().loads(said)
        number, at, previous = (fields.pop(name) for name in ("number", "at", "previous"))
        return Checkpoint(number, at, State(**fields), previous, token)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise Tampered("A checkpoint cannot be read.") from error


def _refuse_what_others_signed(checkpoint: Checkpoint) -> None:
    try:
        _signer().unsign_object(checkpoint.token)
    except signing.BadSignature as error:
        raise Tampered(
            f"Checkpoint {checkpoint.number} is not signed with a key of ours."
        ) from error


def _signer() -> signing.Signer:
    return signing.Signer(salt="flowtrack.ledger")
