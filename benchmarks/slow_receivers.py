"""What a write takes while a webhook's receiver and the mail server hold every call, and while they do not.

    python -m benchmarks.slow_receivers                             # SQLite
    DATABASE_URL=postgresql://… python -m benchmarks.slow_receivers # an empty database

Web server and worker are processes of their own. Exit code 1 where a write failed, or where nothing was
held while the receivers were to hold it.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from statistics import quantiles
from typing import Any

from django.core.management import call_command

from accounts import tokens
from accounts.models import Session, User
from accounts.sign_in import open_session
from benchmarks.holding import Receivers, free_port
from core.lifecycle import create
from notifications.models import WebhookEndpoint
from tickets.models import Ticket

PATIENCE_SECONDS = 60
TICKETS = 20


class Caller:
    """Somebody who writes comments, one after the other."""

    def __init__(self, port: int, token: str, keys: list[int]) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE_SECONDS)
        self.headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        self.keys = keys
        self.written = 0

    def write(self) -> float:
        """One comment; how many milliseconds until it was answered."""
        key = self.keys[self.written % len(self.keys)]
        self.written += 1
        body = json.dumps(
            {"body": f"@ann, look again, please ({self.written}).", "internal": False}
        )
        began = time.perf_counter()
        self.connection.request("POST", f"/api/tickets/{key}/comments/", body, self.headers)
        answer = self.connection.getresponse()
        said = answer.read()
        if answer.status != 201:
            raise SystemExit(f"A write failed: {answer.status} {said.decode()}")
        return (time.perf_counter() - began) * 1_000


def main() -> int:
    asked = _arguments()
    receivers = Receivers()
    with receivers.listening() as (hook, mail):
        token, keys = queue(f"http://127.0.0.1:{hook}/hook")
        port = free_port()
        environment = {**os.environ, "EMAIL_URL": f"smtp://127.0.0.1:{mail}"}
        with running(web_server(port), environment), running(worker(), environment):
            caller = Caller(port, token, keys)
            until("the web server answers", lambda: is_open(port))
            took = measure(caller, receivers, asked)
            receivers.are_free.set()  # or the worker would wait for them before it stops
    for name, each in took.items():
        print(f"{name:8} {middle(each):6.1f} ms, 95 % within {quantiles(each, n=20)[-1]:6.1f} ms")
    return 0


def measure(caller: Caller, receivers: Receivers, asked: Any) -> dict[str, list[float]]:
    """Milliseconds of each write: by turns while nothing is held, and while both are."""
    took: dict[str, list[float]] = {"free": [], "held": []}
    for _ in range(20):
        caller.write()
    for _ in range(asked.rounds):
        receivers.are_free.set()
        until("nothing is held", lambda: not any(receivers.held.values()))
        took["free"] += [caller.write() for _ in range(asked.writes)]
        receivers.are_free.clear()
        caller.write()
        until("both hold a call", lambda: all(receivers.held.values()))
        took["held"] += [caller.write() for _ in range(asked.writes)]
        if not all(receivers.held.values()):
            raise SystemExit("Not all was held while it was measured.")
    return took


def queue(hook: str) -> tuple[str, list[int]]:
    """Ann's tickets, of which she hears by e-mail and a webhook hears too; a token of who answers them."""
    call_command("migrate", verbosity=0)
    people = {}
    for name, role in (("ann", "requester"), ("ben", "agent"), ("ada", "admin")):
        people[name] = User(email=f"{name}@flowtrack.example", name=name.title(), role=role)
        people[name].set_password(secrets.token_urlsafe())
        people[name].save()
    ann, ben, ada = people.values()
    create(
        WebhookEndpoint(description="Pager", url=hook, account=ada, event_types=["*"]), actor=ada
    )
    made = [create(Ticket(title=f"Lamp {n}", requester=ann), actor=ann) for n in range(TICKETS)]
    session = open_session(ben, way=Session.Way.BEARER, address="", user_agent="")
    return tokens.issue(session), [ticket.pk for ticket in made]


def web_server(port: int) -> list[str]:
    command = [sys.executable, "-m", "granian", "flowtrack.wsgi:application", "--interface", "wsgi"]
    return [*command, "--host", "127.0.0.1", "--port", str(port), "--log-level", "error"]


def worker() -> list[str]:
    return [sys.executable, "manage.py", "work"]


@contextmanager
def running(command: list[str], environment: dict[str, str]) -> Iterator[None]:
    """A process, while it is needed."""
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        try:
            process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


def until(what: str, holds: Callable[[], bool]) -> None:
    """Wait until it is so."""
    ends = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        if time.monotonic() > ends:
            raise SystemExit(f"Waited {PATIENCE_SECONDS} seconds in vain until {what}.")
        time.sleep(0.05)


def is_open(port: int) -> bool:
    with socket.socket() as caller:
        return caller.connect_ex(("127.0.0.1", port)) == 0


def middle(each: list[float]) -> float:
    return sorted(each)[len(each) // 2]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--writes", type=int, default=100, help="of each kind in a round")
    parser.add_argument("--rounds", type=int, default=4)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
