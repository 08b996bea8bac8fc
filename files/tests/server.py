"""A real web server process on a copy of the test's database, and what it takes of memory."""

from __future__ import annotations

import http.client
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 60
BOUNDARY = "a-boundary"
HEAD = (
    f"--{BOUNDARY}\r\n"
    'Content-Disposition: form-data; name="file"; filename="long.txt"\r\n'
    "Content-Type: text/plain\r\n\r\n"
).encode()
TAIL = f"\r\n--{BOUNDARY}--\r\n".encode()


@dataclass
class Server:
    """Where it listens, which process works, and where it keeps what it is sent."""

    port: int
    worker: int
    folder: Path

    def stored(self) -> int:
        return sum(each.is_file() for each in self.folder.glob("flowtrack-files-*/**/*"))

    def peak(self) -> int:
        """The most memory it has had since `forget_peak()`, in bytes."""
        status = Path(f"/proc/{self.worker}/status").read_text()
        line = next(each for each in status.splitlines() if each.startswith("VmHWM"))
        return int(line.split()[1]) * 1024

    def forget_peak(self) -> None:
        Path(f"/proc/{self.worker}/clear_refs").write_text("5")

    def send(self, token: str, pieces: Iterator[bytes], *, size: int, cut_off: bool = False) -> Any:
        """The status of an upload whose file has so many bytes; with ``cut_off`` the caller goes away."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)) as caller:
            caller.putrequest("POST", "/api/files/")
            caller.putheader("Authorization", f"Bearer {token}")
            caller.putheader("Content-Type", f"multipart/form-data; boundary={BOUNDARY}")
            caller.putheader("Content-Length", str(len(HEAD) + size + len(TAIL)))
            caller.endheaders()
            caller.send(HEAD)
            for piece in pieces:
                caller.send(piece)
            if cut_off:
                return None
            caller.send(TAIL)
            return caller.getresponse().status


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """Starts one with the rows that are committed now."""
    with closing(sqlite3.connect(folder / "copy.sqlite3")) as copy:
        connection.connection.backup(copy)
    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", "flowtrack.wsgi:application", "--interface", "wsgi"]
    command += ["--host", "127.0.0.1", "--port", str(port), "--workers", "1"]
    own = {"DATABASE_URL": f"sqlite:///{folder / 'copy.sqlite3'}", "TMPDIR": str(folder)}
    environment = {**os.environ, **own, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL) as parent:
        try:
            yield Server(port, _worker_of(parent.pid, port), folder)
        finally:
            parent.terminate()


def _worker_of(parent: int, port: int) -> int:
    """The process that answers, as soon as it does."""
    children = Path(f"/proc/{parent}/task/{parent}/children")
    for _ in range(PATIENCE_SECONDS * 10):
        time.sleep(0.1)
        with closing(socket.socket()) as caller:
            found = children.read_text().split()
            if found and caller.connect_ex(("127.0.0.1", port)) == 0:
                return int(found[0])
    raise AssertionError("The server does not start.")
