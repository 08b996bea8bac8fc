"""What the addresses and links in our e-mails carry, signed: so that they work for whoever is not signed in."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable
from email.utils import parseaddr
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from core import references, registry
from core.models import WorkItem
from notifications.topics import Topic

UNSUBSCRIBING = "notifications.unsubscribe"
REPLYING = "notifications.reply"
NEW = "new"
AMONG_AGENTS = "i"

TOKEN = re.compile(
    r"(?P<about>new|[a-z]+-[1-9][0-9]{0,18})-(?P<person>[1-9][0-9]{0,18})(?P<flag>i?)-(?P<seal>[a-z2-7]{20})"
)


class Reply(NamedTuple):
    """Who answers by an address, and to what: an item, or nothing yet, which makes a new ticket."""

    person: int
    item: WorkItem | None
    """Only its kind and key, never looked up."""
    is_internal: bool


def domain() -> str:
    """What stands behind the @ in our Message-IDs."""
    address = parseaddr(settings.DEFAULT_FROM_EMAIL)[1]
    return address.rpartition("@")[2] or urlsplit(settings.SITE_URL).hostname or "localhost"


def message_id(number: int, stamp: int) -> str:
    """The same for every attempt to send one e-mail."""
    return f"<mail.{number}.{stamp}@{domain()}>"


def thread_id(reference: str) -> str:
    """What all e-mails about one item refer to, so that mail programs show them together."""
    return f"<{reference.lower()}@{domain()}>"


def reply_address(person: int, reference: str = NEW, *, is_internal: bool = False) -> str:
    """The address by which one person answers on one item; empty where no mail is received, or no comment.

    Lower case and digits only: mail servers may change the case of what stands before the @.
    """
    local, at, host = settings.MAIL_REPLY_ADDRESS.partition("@")
    if reference != NEW and _named(reference) is None:
        return ""
    about = f"{reference.lower()}-{person}{AMONG_AGENTS if is_internal else ''}"
    return f"{local}+{about}-{_seal(about)}@{host}" if at else ""


def read_reply_address(address: str) -> Reply | None:
    """Who answers on what by this address; None unless it is one of ours, and whole."""
    local, _, host = settings.MAIL_REPLY_ADDRESS.lower().partition("@")
    given, _, given_host = address.lower().rpartition("@")
    name, plus, token = given.partition("+")
    found = TOKEN.fullmatch(token)
    if not host or not plus or (name, given_host) != (local, host) or found is None:
        return None
    about = f"{found['about']}-{found['person']}{found['flag']}"
    if not constant_time_compare(_seal(about), found["seal"]):
        return None
    is_new = found["about"] == NEW
    item = None if is_new else _named(found["about"])
    if item is None and not is_new:
        return None
    return Reply(int(found["person"]), item, found["flag"] == AMONG_AGENTS)


def unsubscribe_link(person: int, topics: Iterable[str]) -> str:
    """The link that ends e-mail about these topics, or about all, for who has it."""
    token = signing.dumps([person, sorted(topics)], salt=UNSUBSCRIBING)
    path = reverse("notifications:unsubscribe", args=[token])
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def read_unsubscribe_token(token: str) -> tuple[int, list[Topic]] | None:
    """Who wants no e-mail about what; None for a token that is not ours. It never grows too old."""
    try:
        person, topics = signing.loads(token, salt=UNSUBSCRIBING)
        return int(person), [Topic(each) for each in topics]
    except (signing.BadSignature, ValueError, TypeError):
        return None


def _seal(about: str) -> str:
    """A hundred bits that only we can make."""
    digest = salted_hmac(REPLYING, about, algorithm="sha256").digest()
    return base64.b32encode(digest[:13]).decode().lower()[:20]


def _named(reference: str) -> WorkItem | None:
    """Only what one can comment on."""
    model: Any = registry.model_called(reference.rpartition("-")[0])
    if model is None or not issubclass(model, WorkItem) or not model.carries:
        return None
    key = references.parse(model, reference)
    return None if key is None else model(pk=key)
