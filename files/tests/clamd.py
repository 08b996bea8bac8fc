"""A little ClamAV that speaks `INSTREAM` on this machine."""

from __future__ import annotations

import socketserver
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
MOST = 1_000_000


class Session(socketserver.BaseRequestHandler):
    """One question and its answer, as clamd gives it."""

    def handle(self) -> None:
        command = self._until_nul()
        if command == b"zPING":
            self.request.sendall(b"PONG\0")
        elif command == b"zINSTREAM" and not self.server.is_mute:
            self.request.sendall(self._verdict() + b"\0")
        elif self.server.is_mute:
            self.server.end.wait(10)

    def _verdict(self) -> bytes:
        content = b""
        while size := struct.unpack("!L", self._exactly(4))[0]:
            content += self._exactly(size)
            if len(content) > MOST:
                return b"INSTREAM size limit exceeded. ERROR"
        self.server.seen.append(content)
        return b"stream: Eicar-Test-Signature FOUND" if EICAR in content else b"stream: OK"

    def _exactly(self, size: int) -> bytes:
        content = b""
        while len(content) < size:
            more = self.request.recv(size - len(content))
            if not more:
                raise ConnectionError
            content += more
        return content

    def _until_nul(self) -> bytes:
        command = b""
        while (byte := self._exactly(1)) != b"\0":
            command += byte
        return command


class Quiet:
    """Callers may hang up."""

    daemon_threads = True
    allow_reuse_address = True

    def handle_error(self, *args: Any) -> None:
        """Nothing: the test sees what the caller makes of it."""


class OverTCP(Quiet, socketserver.ThreadingTCPServer):
    pass


class OverUnix(Quiet, socketserver.ThreadingUnixStreamServer):
    pass


@contextmanager
def running(*, at: Path | None = None, is_mute: bool = False) -> Iterator[Any]:
    """A server with `.address` for the settings and `.seen`; on a socket in the file system with `at`."""
    server: Any = OverUnix(str(at), Session) if at else OverTCP(("127.0.0.1", 0), Session)
    server.address = f"unix://{at}" if at else f"tcp://127.0.0.1:{server.server_address[1]}"
    server.seen, server.is_mute, server.end = [], is_mute, threading.Event()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}).start()
    try:
        yield server
    finally:
        server.end.set()
        server.shutdown()
        server.server_close()
