"""As much of an IMAP server, on a free port of this machine, as a client that empties a mailbox needs."""

from __future__ import annotations

import re
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


class Mailbox(socketserver.ThreadingTCPServer):
    """Some e-mails by number, and the flags that each was given."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, letters: dict[int, bytes]) -> None:
        super().__init__(("127.0.0.1", 0), Session)
        self.letters = letters
        self.flags: dict[int, set[str]] = {}


class Session(socketserver.StreamRequestHandler):
    """One client."""

    server: Mailbox

    def handle(self) -> None:
        self._say("* OK ready")
        while line := self.rfile.readline().decode().strip():
            tag, _, command = line.partition(" ")
            self._answer(command)
            self._say(f"{tag} OK done")

    def _answer(self, command: str) -> None:
        name = command.upper()
        if name.startswith("CAPABILITY"):
            self._say("* CAPABILITY IMAP4REV1")
        elif name.startswith("SELECT"):
            self._say(f"* {len(self.server.letters)} EXISTS")
        elif name.startswith("UID SEARCH"):
            unseen = (n for n in self.server.letters if not self._has(n, "Seen"))
            asked = (n for n in unseen if self._has(n, "Flagged") == name.endswith(" FLAGGED"))
            self._say(f"* SEARCH {' '.join(map(str, asked))}")
        elif found := re.match(r"UID FETCH (\d+)", command):
            raw = self.server.letters[int(found[1])]
            self._say(f"* 1 FETCH (UID {found[1]} BODY[]<0> {{{len(raw)}}}")
            self.wfile.write(raw)
            self._say(")")
        elif found := re.match(r"UID STORE (\d+) \+FLAGS (.+)", command):
            before = self.server.flags.get(int(found[1]), set())
            self.server.flags[int(found[1])] = before | set(found[2].strip("()").split())

    def _has(self, number: int, flag: str) -> bool:
        return f"\\{flag}" in self.server.flags.get(number, set())

    def _say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())


@contextmanager
def running(letters: dict[int, bytes]) -> Iterator[Any]:
    """The mailbox, and where it is."""
    with Mailbox(letters) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server, f"imap://flowtrack:secret@127.0.0.1:{server.server_address[1]}/INBOX"
        server.shutdown()
