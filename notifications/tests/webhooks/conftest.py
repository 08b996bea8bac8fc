"""A receiver on this machine, and webhooks that call it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any

import pytest
from standardwebhooks import Webhook

from core import clock
from core.lifecycle import create, perform
from core.models import Event
from notifications.models import Delivery, WebhookEndpoint
from notifications.webhooks.sending import send_due
from notifications.webhooks.telling import tell
from tickets.models import Ticket


class Call:
    """One message as it came in."""

    def __init__(self, path: str, headers: dict[str, str], body: bytes) -> None:
        self.path, self.headers, self.body = path, headers, body

    @property
    def id(self) -> str:
        return self.headers["webhook-id"]

    @property
    def message(self) -> Any:
        return json.loads(self.body)

    def is_signed_with(self, secret: str) -> bool:
        Webhook(secret).verify(self.body, self.headers)
        return True


class Receiver(ThreadingHTTPServer):
    """Answers 204, or what `answers` says to a call; remembers every call."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.calls: list[Call] = []
        self.lock = Lock()
        self.answers: Callable[[Call], int] = lambda call: 204

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/hook"

    def received(self, call: Call) -> int:
        status = self.answers(call)
        with self.lock:
            self.calls.append(call)
        return status


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        status = self.server.received(Call(self.path, headers, body))
        answer = b"" if status == 204 else b"No, thank you."
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *args: Any) -> None:
        """Nothing."""


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.OUTGOING_ALLOWED_HOSTS = ["127.0.0.1"]
    server = Receiver()
    Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def webhook(ada: Any, receiver: Receiver) -> Callable[..., WebhookEndpoint]:
    """Makes one for the receiver: `webhook(account=ben, event_types=["tickets.ticket.created"])`."""

    def make(**fields: Any) -> WebhookEndpoint:
        usual = {"description": "Pager", "url": receiver.url, "event_types": ["*"], "account": ada}
        return create(WebhookEndpoint(**{**usual, **fields}), actor=ada)

    return make


@pytest.fixture
def ticket(ann: Any, ben: Any) -> Callable[..., Ticket]:
    """Ann's ticket, which ben has taken on: an event for each."""

    def make(title: str = "The lift is stuck") -> Ticket:
        made = create(Ticket(title=title, requester=ann), actor=ann)
        return perform(made, "triage", actor=ben, priority="high")

    return make


def tell_all() -> list[Event]:
    """Everything that happened, as the outbox tells it; returns what was told."""
    events = list(Event.objects.filter(told_at=None).order_by("pk"))
    tell(events)
    return events


def deliver() -> list[Delivery]:
    """Tell, and send until nothing is due; returns the deliveries as they are then."""
    tell_all()
    send_due()
    return list(Delivery.objects.order_by("pk"))


def make_due() -> None:
    """As if the time to try again had come."""
    Delivery.objects.filter(state="pending").update(next_at=clock.now())
