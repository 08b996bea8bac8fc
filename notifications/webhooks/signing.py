"""Secrets and signatures by the Standard Webhooks specification.

A secret is never stored: it follows from a seed in the row and from SECRET_KEY, so a copy of the database
alone forges nothing. With a new SECRET_KEY every secret is a new one and has to be handed out again.
"""

from __future__ import annotations

import base64
import secrets
from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

from django.utils.crypto import salted_hmac
from standardwebhooks import Webhook

SALT = "notifications.webhooks.secret"


def new_seed() -> str:
    """What a new secret grows from."""
    return secrets.token_hex(32)


def secret_of(seed: str) -> str:
    """The secret, as receivers keep it: `whsec_` and 256 bits in base64."""
    key = salted_hmac(SALT, seed, algorithm="sha256").digest()
    return f"whsec_{base64.b64encode(key).decode()}"


def headers_of(message_id: str, body: str, *, seeds: Sequence[str], at: datetime) -> dict[str, str]:
    """What proves to the receiver who sent it and when, once for each secret that is valid."""
    signed = [_signer(seed).sign(message_id, at, body) for seed in seeds]
    return {
        "content-type": "application/json",
        "user-agent": "FlowTrack",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signed),
    }


@lru_cache(maxsize=1_000)
def _signer(seed: str) -> Webhook:
    return Webhook(secret_of(seed))
