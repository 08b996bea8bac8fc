"""Budgets of attempts, counted atomically in the shared cache."""

import re
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

from core import clock
from core.errors import TooManyRequests, Unavailable

_RATE = re.compile(r"([1-9]\d*)/([smhd])", re.ASCII)
_SECONDS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400}
_SUBNET_BITS = 64
UNKNOWN_ADDRESS = "0.0.0.0"  # noqa: S104 - a Unix socket has no address; nothing is bound


@dataclass(frozen=True, slots=True)
class Budget:
    """So many attempts per fixed window and key (an account, an address), such as "10/m"."""

    name: str
    rate: str

    def spend(self, key: str) -> None:
        """Count one attempt. Raises TooManyRequests, counting on, once the window is used up.

        Where the attempts cannot be counted, there are none: Unavailable.
        """
        limit, seconds = parse_rate(self.rate)
        now = int(clock.now().timestamp())
        try:
            spent = _increment(self._slot(key, now // seconds), seconds)
        except RedisError as error:
            raise Unavailable from error
        if spent > limit:
            raise TooManyRequests(retry_after=seconds - now % seconds)

    def refund(self, key: str) -> None:
        """Give one attempt back: it turned out to be honest."""
        _, seconds = parse_rate(self.rate)
        slot = self._slot(key, int(clock.now().timestamp()) // seconds)
        # What it was for has happened: without the cache the attempt merely stays spent.
        with suppress(RedisError):
            if cache.get(slot, 0) > 0:
                _add_to(slot, -1)

    def _slot(self, key: str, window: int) -> str:
        # Whoever reads the cache learns neither accounts nor addresses.
        secret = salted_hmac("flowtrack.throttle", key, algorithm="sha256").hexdigest()
        return f"throttle:{self.name}:{window}:{secret}"


def parse_rate(rate: str) -> tuple[int, int]:
    """ "10/m" as (10, 60): attempts and seconds."""
    match = _RATE.fullmatch(rate)
    if not match:
        raise ImproperlyConfigured(f"A rate is a number per s, m, h or d, such as 10/m: {rate!r}")
    return int(match[1]), _SECONDS[match[2]]


def client_address(request: HttpRequest) -> str:
    """Who calls, from the last proxy we trust, else from the socket; an IPv6 caller is its /64."""
    proxies: int = settings.NUM_PROXIES
    hops = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    forwarded = hops[-proxies] if 0 < proxies <= len(hops) else ""
    socket = request.META.get("REMOTE_ADDR", "")
    return normalised(forwarded) or normalised(socket) or UNKNOWN_ADDRESS


def normalised(text: str) -> str | None:
    """One spelling per caller: IPv4 as it is, also when mapped; IPv6 cut to its network."""
    try:
        address = ip_address(text.strip())
    except ValueError:
        return None
    if isinstance(address, IPv6Address):
        if address.ipv4_mapped:
            return str(address.ipv4_mapped)
        return str(IPv6Address(int(address) >> _SUBNET_BITS << _SUBNET_BITS))
    return str(address)


def _increment(slot: str, seconds: int) -> int:
    # Twice the window, so that a slow clock elsewhere never finds the slot gone too early.
    if cache.add(slot, 1, timeout=seconds * 2):
        return 1
    counted = _add_to(slot, 1)
    return counted if counted is not None else _increment(slot, seconds)


def _add_to(slot: str, amount: int) -> int | None:
    """Atomically, or None if the slot has just expired."""
    try:
        return cache.incr(slot, amount)
    except ValueError:
        return None
