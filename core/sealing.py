"""The seal of an event: SHA-256 over what it says and over the seal of the one before it."""

from __future__ import annotations

import json
import secrets
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import NamedTuple

import orjson

from core import clock

SALT_BYTES = 16


class Head(NamedTuple):
    """Where the chain of one subject stands: how many events it has, and the seal of the last one."""

    sequence: int
    hash: str


NOTHING_YET = Head(0, "")


class Facts(NamedTuple):
    """What is sealed, apart from the words and values, which are sealed by their digest alone."""

    previous_hash: str
    subject_type: str
    subject_id: str
    sequence: int
    at: datetime
    actor_id: int | None
    action: str
    source: str
    target: str
    request_id: str


def fresh_salt() -> str:
    """What nobody can guess, so that a digest does not tell words that could be guessed."""
    return secrets.token_hex(SALT_BYTES)


def digest(salt: str, note: str, changes: str) -> str:
    """The digest of what may be personal. ``changes`` is JSON, in the words of either database.

    It alone enters the seal: with the salt, the words can go, and the chain still holds.
    """
    return _sha256([salt, note, canonical(changes)])


def seal(facts: Facts, content: str) -> str:
    """The seal of an event with this digest of its words."""
    return _sha256([*facts[:4], clock.timestamp(facts.at), *facts[5:], content])


def canonical(text: str) -> str:
    """JSON in the one form that both databases give back: keys in order, numbers by their value.

    Raises ValueError for what is no JSON.
    """
    if text == "{}":
        return text
    return _encode(_decode(text))


def _by_value(number: str) -> int | float:
    """PostgreSQL writes 1e+22 in full, and keeps every digit of it."""
    exact = Decimal(number)
    return int(exact) if exact == exact.to_integral_value() else float(number)


def _sha256(said: list[object]) -> str:
    return sha256(orjson.dumps(said)).hexdigest()


_decode = json.JSONDecoder(parse_float=_by_value).decode  # of any size, which orjson is not
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode
