"""Calls to addresses that somebody typed in: to public hosts alone, never on to another one, never for long.

What a name means is asked once for each connection; every address in the answer has to be public, and
the connection goes to one of exactly these. So neither a redirect, a second look-up with another answer
nor an odd spelling leads into the network that FlowTrack itself stands in.
"""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass
from threading import Lock
from typing import Any, ClassVar

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.util.ssl_ import create_urllib3_context

from core.destinations import Address, Destination, NoAnswerError, addresses_of

CONNECT_SECONDS = 5.0
READ_SECONDS = 10.0
MOST_BYTES = 64 * 1024
MOST_HOSTS = 200


@dataclass(frozen=True)
class Answer:
    """What came back: the status, and the first 64 KB as they came."""

    status: int
    headers: Mapping[str, str]
    body: bytes


class Client:
    """Makes the calls, over connections that it keeps; any number of threads share one."""

    def __init__(self, *, most_connections: int = 16) -> None:
        self._most_connections = most_connections
        self._pools: dict[tuple[str, str, int], urllib3.HTTPConnectionPool] = {}
        self._lock = Lock()
        self._tls = _tls()

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
        """Send it once; what answers elsewhere is not followed. Raises NotAllowedError or NoAnswerError."""
        destination = Destination.of(url)
        try:
            answer = self._pool(destination).urlopen(
                "POST",
                destination.target,
                body=body,
                headers=dict(headers),
                retries=False,
                redirect=False,
                preload_content=False,
                decode_content=False,
            )
            return Answer(answer.status, answer.headers, _start_of(answer))
        except (urllib3.exceptions.HTTPError, OSError) as error:
            raise NoAnswerError(_how(error)) from error

    def close(self) -> None:
        """Let go of every connection that is kept."""
        with self._lock:
            pools, self._pools = self._pools, {}
        for pool in pools.values():
            pool.close()

    def _pool(self, destination: Destination) -> urllib3.HTTPConnectionPool:
        key = destination.scheme, destination.host, destination.port
        with self._lock:
            if key not in self._pools:
                if len(self._pools) >= MOST_HOSTS:
                    self._pools.pop(next(iter(self._pools))).close()
                self._pools[key] = self._new_pool(destination)
            return self._pools[key]

    def _new_pool(self, destination: Destination) -> urllib3.HTTPConnectionPool:
        limits: dict[str, Any] = {
            "maxsize": self._most_connections,
            "timeout": urllib3.Timeout(connect=CONNECT_SECONDS, read=READ_SECONDS),
            "destination": destination,
        }
        if destination.scheme == "https":
            return GuardedTLSPool(
                destination.host, destination.port, ssl_context=self._tls, **limits
            )
        return GuardedPool(destination.host, destination.port, **limits)


class Ending:
    """A socket whose waits all end at one moment, however slowly bytes drip in."""

    ends_at = float("inf")
    settimeout: Any

    def recv_into(self, *args: Any, **kwargs: Any) -> int:
        self._wait_no_longer()
        return super().recv_into(*args, **kwargs)  # type: ignore[misc]

    def send(self, *args: Any, **kwargs: Any) -> int:
        self._wait_no_longer()
        return super().send(*args, **kwargs)  # type: ignore[misc]

    def sendall(self, *args: Any, **kwargs: Any) -> None:
        self._wait_no_longer()
        super().sendall(*args, **kwargs)  # type: ignore[misc]

    def _wait_no_longer(self) -> None:
        left = self.ends_at - time.monotonic()
        if left <= 0:
            raise TimeoutError("The time is up.")
        self.settimeout(min(left, READ_SECONDS))


class EndingSocket(Ending, socket.socket):
    """One without TLS."""


class EndingTLSSocket(Ending, ssl.SSLSocket):
    """One with TLS."""


class Guarded:
    """A connection that goes to a checked address of its host, and each call over it has one deadline."""

    sock: Any
    connect: Any

    def __init__(self, *args: Any, destination: Destination, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._destination = destination

    def request(self, *args: Any, **kwargs: Any) -> None:
        if self.sock is None:
            self.connect()
        self.sock.ends_at = time.monotonic() + READ_SECONDS
        super().request(*args, **kwargs)  # type: ignore[misc]

    def _new_conn(self) -> socket.socket:
        ends_at = time.monotonic() + CONNECT_SECONDS
        failed: OSError | None = None
        for address in addresses_of(self._destination, within=CONNECT_SECONDS):
            try:
                return _connected(address, self._destination.port, ends_at)
            except OSError as error:
                failed = error
        raise failed or TimeoutError


class GuardedConnection(Guarded, HTTPConnection):
    """Without TLS."""


class GuardedTLSConnection(Guarded, HTTPSConnection):
    """With TLS: asked for, and certified, is the name and not the address."""


class GuardedPool(urllib3.HTTPConnectionPool):
    """Connections to one host."""

    ConnectionCls: ClassVar[Any] = GuardedConnection  # type: ignore[misc]


class GuardedTLSPool(urllib3.HTTPSConnectionPool):
    """Connections to one host by TLS."""

    ConnectionCls: ClassVar[Any] = GuardedTLSConnection  # type: ignore[misc]


def _connected(address: Address, port: int, ends_at: float) -> socket.socket:
    family = socket.AF_INET if address.version == 4 else socket.AF_INET6
    sock = EndingSocket(family, socket.SOCK_STREAM)
    try:
        sock.settimeout(max(ends_at - time.monotonic(), 0.001))
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        sock.connect((str(address), port))
        # What is left of the time is for the handshake.
        sock.settimeout(max(ends_at - time.monotonic(), 0.001))
    except BaseException:
        sock.close()
        raise
    return sock


def _start_of(answer: urllib3.BaseHTTPResponse) -> bytes:
    """At most 64 KB; a connection with more to come is not used again."""
    start = answer.read(MOST_BYTES + 1, decode_content=False)
    if len(start) > MOST_BYTES:
        answer.close()
    answer.release_conn()
    return start[:MOST_BYTES]


def _how(error: Exception) -> str:
    """In words of ours: those of libraries name addresses of machines."""
    if isinstance(error, urllib3.exceptions.ProtocolError) and len(error.args) > 1:
        error = error.args[1]  # what broke the connection off
    if isinstance(error, urllib3.exceptions.SSLError | ssl.SSLError):
        return "The TLS connection failed."
    if isinstance(error, urllib3.exceptions.TimeoutError | TimeoutError):
        return "It did not answer in time."
    if isinstance(error, ConnectionRefusedError):
        return "The connection was refused."
    return "The connection failed."


def _tls() -> ssl.SSLContext:
    context = create_urllib3_context()
    context.load_default_certs()  # SSL_CERT_FILE adds a certificate authority of one's own
    context.sslsocket_class = EndingTLSSocket
    return context
