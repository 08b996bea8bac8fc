"""A real mail server on a free port of this machine, with a character."""

from __future__ import annotations

import asyncio
import email
import email.policy
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from aiosmtpd.controller import Controller


class MailServer:
    """Keeps what it took, and answers as it is told to."""

    def __init__(self) -> None:
        self.taken: list[Any] = []
        self.tries = 0
        self.answers: Callable[[int], str] = lambda attempt: "250 OK"
        self.waits = 0.0
        self.hangs_up: Callable[[int], bool] = lambda attempt: False

    async def handle_DATA(  # noqa: N802 - named by the protocol
        self, server: Any, session: Any, envelope: Any
    ) -> str:
        self.tries += 1
        await asyncio.sleep(self.waits)
        answer = self.answers(self.tries)
        if answer.startswith("250"):
            self.taken.append(
                email.message_from_bytes(envelope.content, policy=email.policy.default)
            )
        if self.hangs_up(self.tries):
            server.transport.close()
        return answer


@contextmanager
def running() -> Iterator[tuple[MailServer, int]]:
    """The server, and its port."""
    server, port = MailServer(), free_port()
    controller = Controller(server, hostname="127.0.0.1", port=port, ready_timeout=10)
    controller.start()
    try:
        yield server, port
    finally:
        controller.stop()


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
