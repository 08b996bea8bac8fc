"""Whether a file is harmful: asked of ClamAV over its socket, or of nobody."""

from __future__ import annotations

import logging
import socket
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings

from core.errors import Refused, Unavailable

logger = logging.getLogger(__name__)

CONNECT_SECONDS = 5
LONGEST_ANSWER = 4096
LONGEST_FINDING = 200
PIECE = 128 * 1024


class Scanner(Protocol):
    """Looks through bytes for what is harmful."""

    def finding_in(self, chunks: Iterable[bytes]) -> str:
        """The name of what was found; empty where nothing was. Raises Unavailable or TooLargeToScan."""

    def ping(self) -> None:
        """Raises Unavailable where it does not answer."""


class TooLargeToScan(Refused):
    """The scanner takes no file of this size, however often it is asked."""

    code = "too_large_to_scan"
    default_detail = (
        "ClamAV takes no file of this size: raise its StreamMaxLength to FILE_LIMIT_MB."
    )


class NoScanner:
    """Finds nothing because it does not look; `manage.py doctor` says so."""

    def finding_in(self, chunks: Iterable[bytes]) -> str:
        return ""

    def ping(self) -> None:
        """Always there."""


class ClamAV:
    """clamd at `unix:///run/clamav/clamd.ctl` or `tcp://host:3310`."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._seconds = float(settings.CLAMAV_SECONDS)

    def finding_in(self, chunks: Iterable[bytes]) -> str:
        answer = self._asked(b"zINSTREAM\0", chunks)
        said = answer.removeprefix("stream: ")
        if said == "OK":
            return ""
        if said.endswith(" FOUND"):
            return said.removesuffix(" FOUND")[:LONGEST_FINDING]
        if "size limit exceeded" in said:
            raise TooLargeToScan
        logger.error("ClamAV said %r", answer)
        raise Unavailable("ClamAV could not scan it.")

    def ping(self) -> None:
        if self._asked(b"zPING\0") != "PONG":
            raise Unavailable("ClamAV does not answer as it should.")

    def _asked(self, command: bytes, chunks: Iterable[bytes] | None = None) -> str:
        with self._speaking():
            connection = self._connected()
        with connection:
            with self._speaking():
                connection.sendall(command)
            if chunks is not None:
                self._send(connection, chunks)
            with self._speaking():
                return self._answer_from(connection)

    @contextmanager
    def _speaking(self) -> Iterator[None]:
        """Around the socket alone: what the bytes' own storage raises is none of the scanner's."""
        try:
            yield
        except OSError as error:
            logger.warning("ClamAV at %s does not answer: %s", self.address, error)
            raise Unavailable("The scanner does not answer.") from error

    def _connected(self) -> socket.socket:
        place = urlsplit(self.address)
        if place.scheme == "unix":
            connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
            connection.settimeout(CONNECT_SECONDS)
            try:
                connection.connect(place.path)
            except OSError:
                connection.close()
                raise
        else:
            there = (place.hostname or "localhost", place.port or 3310)
            connection = socket.create_connection(there, timeout=CONNECT_SECONDS)
        connection.settimeout(self._seconds)
        return connection

    def _send(self, connection: socket.socket, chunks: Iterable[bytes]) -> None:
        for piece in chain(_pieces(chunks), [b""]):
            with self._speaking():
                try:
                    connection.sendall(struct.pack("!L", len(piece)) + piece)
                except (BrokenPipeError, ConnectionResetError):
                    return  # it has heard enough; what it says tells why

    def _answer_from(self, connection: socket.socket) -> str:
        answer = b""
        while not answer.endswith(b"\0") and len(answer) < LONGEST_ANSWER:
            more = connection.recv(LONGEST_ANSWER)
            if not more:
                break
            answer += more
        if not answer:
            raise ConnectionError("it hung up without an answer")
        return answer.rstrip(b"\0\n").decode("utf-8", errors="replace")


def scanner() -> Scanner:
    """The one that the settings name."""
    return ClamAV(settings.CLAMAV) if settings.CLAMAV else NoScanner()


def _pieces(chunks: Iterable[bytes]) -> Iterable[bytes]:
    """Never an empty one: that would be the end."""
    for chunk in chunks:
        for start in range(0, len(chunk), PIECE):
            yield chunk[start : start + PIECE]
