"""Where FlowTrack may call: hosts on the public internet, however an address is spelled or looked up."""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, Self

from django.conf import settings

PORTS = frozenset({80, 443, 8080, 8443})
LONGEST_URL = 2_000

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

# RFC 6890 and what came after it. The tables of the language differ between its patch releases.
CLOSED_4 = [
    ipaddress.IPv4Network(each)
    for each in (
        *("0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16"),
        *("172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16"),
        *("198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4"),
        "168.63.129.16/32",  # looks public, and is a cloud's own service to the hosts inside of it
    )
]
# Whatever is not global unicast is closed, and so are the forms in it that carry another address
# (Teredo, 6to4) or mean nothing. Mapped, translated and local forms lie outside of it.
OPEN_6 = ipaddress.IPv6Network("2000::/3")
CLOSED_6 = [
    ipaddress.IPv6Network(each) for each in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20")
]

WRITTEN = re.compile(
    r"(?P<scheme>https?)://"
    r"(?P<host>[a-z0-9_](?:[a-z0-9._-]{0,251}[a-z0-9])?|\[[0-9a-f:.]{2,45}\])"
    r"(?::(?P<port>[0-9]{1,5}))?"
    r"(?P<target>[/?][!-\"$-\[\]-~]*)?",
    re.ASCII | re.IGNORECASE,
)
A_NUMBER = re.compile(r"[0-9]+|0x[0-9a-f]*", re.ASCII)


class NotAllowedError(Exception):
    """FlowTrack does not call this address; the sentence says why."""


class NoAnswerError(Exception):
    """Nobody answered there, or not in time; the sentence says how it failed."""


@dataclass(frozen=True)
class Destination:
    """Where a call goes, taken apart once: what is checked is what is called."""

    scheme: str
    host: str
    port: int
    target: str

    @classmethod
    def of(cls, url: str) -> Self:
        """The parts of an absolute address. Raises NotAllowedError."""
        found = WRITTEN.fullmatch(url) if len(url) <= LONGEST_URL else None
        if found is None:
            raise NotAllowedError("Give an address such as https://example.com/hook.")
        scheme, host = found["scheme"].lower(), found["host"].lower().strip("[]")
        port = int(found["port"] or (443 if scheme == "https" else 80))
        target = found["target"] or "/"
        there = cls(scheme, host, port, target if target.startswith("/") else f"/{target}")
        there._refuse_what_is_written_wrong()
        return there

    @property
    def literal(self) -> Address | None:
        """The address, where it is written instead of a name."""
        try:
            return ipaddress.ip_address(self.host)
        except ValueError:
            return None

    def _refuse_what_is_written_wrong(self) -> None:
        literal = self.literal
        # Whatever else ends in a number some libraries read as an address: 0177.1, 0x7f000001, 127.1
        if literal is None and A_NUMBER.fullmatch(self.host.rpartition(".")[2]):
            raise NotAllowedError("Write the address of a host as four decimal numbers.")
        if literal is None and ":" in self.host:
            raise NotAllowedError("This is no IPv6 address.")
        if self.host in allowed().names:
            return
        if literal is not None:
            refuse_closed([literal])
            if allowed().has(literal):
                return
        if self.port not in PORTS:
            raise NotAllowedError("Only the ports 80, 443, 8080 and 8443 are called.")


@dataclass(frozen=True)
class Allowed:
    """What may be called although it is not public, for local use."""

    names: frozenset[str]
    networks: tuple[Network, ...]

    def has(self, address: Address) -> bool:
        """Whether the address lies in one of the networks."""
        return any(address in network for network in self.networks)


def allowed() -> Allowed:
    """The exceptions of this installation."""
    return _allowed(tuple(settings.OUTGOING_ALLOWED_HOSTS))


def refuse_closed(addresses: Sequence[Address]) -> None:
    """Raises NotAllowedError unless each of the addresses is public, or an exception of ours."""
    exceptions = allowed()
    if not all(is_public(each) or exceptions.has(each) for each in addresses):
        raise NotAllowedError("This host is not on the public internet.")


def is_public(address: Address) -> bool:
    """Whether everybody on the internet means the same host by it."""
    if isinstance(address, ipaddress.IPv4Address):
        return not any(address in network for network in CLOSED_4)
    return address in OPEN_6 and not any(address in network for network in CLOSED_6)


def addresses_of(destination: Destination, *, within: float) -> list[Address]:
    """What the host means now, each address checked. Raises NotAllowedError or NoAnswerError."""
    literal = destination.literal
    found = [literal] if literal else _looked_up(destination.host, destination.port, within)
    if not found:
        raise NoAnswerError("There is no host of this name.")
    if destination.host not in allowed().names:
        refuse_closed(found)
    return found


def _looked_up(host: str, port: int, within: float) -> list[Address]:
    """Asked in a thread of its own: the resolver has no deadline that one could set."""
    answers: SimpleQueue[Any] = SimpleQueue()

    def ask() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    Thread(target=ask, name="resolver", daemon=True).start()
    try:
        found = answers.get(timeout=within)
    except Empty:
        raise NoAnswerError("The name of the host was not resolved in time.") from None
    if isinstance(found, Exception):
        raise NoAnswerError("There is no host of this name.") from found
    return list(dict.fromkeys(ipaddress.ip_address(each[4][0]) for each in found))


@cache
def _allowed(listed: tuple[str, ...]) -> Allowed:
    names, networks = set(), []
    for each in listed:
        try:
            networks.append(ipaddress.ip_network(each, strict=False))
        except ValueError:
            names.add(each.lower())
    return Allowed(frozenset(names), tuple(networks))
