"""A receiver of webhooks and a mail server of this machine, which can be told to let everybody wait."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any

from aiosmtpd.controller import Controller


class Receivers:
    """Both answer at once while they are free, and not before they are again."""

    def __init__(self) -> None:
        self.are_free = Event()
        self.are_free.set()
        self.held = {"webhook": 0, "mail": 0}
        self.lock = Lock()

    @contextmanager
    def holding(self, what: str) -> Iterator[None]:
        with self.lock:
            self.held[what] += 1
        try:
            yield
        finally:
            with self.lock:
                self.held[what] -= 1

    async def handle_DATA(self, *_: Any) -> str:  # noqa: N802 - named by the protocol
        with self.holding("mail"):
            while not self.are_free.is_set():
                await asyncio.sleep(0.02)
        return "250 OK"

    def hook(self) -> type[BaseHTTPRequestHandler]:
        receivers = self

        class Hook(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                with receivers.holding("webhook"):
                    receivers.are_free.wait()
                self.send_response(204)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: Any) -> None:
                """Nothing."""

        return Hook

    @contextmanager
    def listening(self) -> Iterator[tuple[int, int]]:
        """The ports of both."""
        web = ThreadingHTTPServer(("127.0.0.1", 0), self.hook())
        Thread(target=web.serve_forever, daemon=True).start()
        mail = Controller(self, hostname="127.0.0.1", port=free_port(), ready_timeout=10)
        mail.start()
        try:
            yield web.server_address[1], mail.port
        finally:
            self.are_free.set()
            mail.stop()
            web.shutdown()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
