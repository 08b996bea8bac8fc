"""The guarded client: which addresses it calls, and for how long it listens."""

from __future__ import annotations

import ipaddress
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event as Signal
from threading import Thread
from typing import Any

import pytest

from core import outgoing
from core.destinations import Destination, NoAnswerError, NotAllowedError, addresses_of
from core.outgoing import Client

pytestmark = pytest.mark.once

FAR_TOO_LONG = 30
"""Seconds for which an answer goes on unless the test is over."""

NOT_CALLED = [
    # What is no address of the web, or could be read in two ways.
    *("", "hook", "//example.com/", "ftp://example.com/", "file:///etc/passwd", "gopher://a.b/"),
    *("https://", "https:///path", "https:/example.com", "https:example.com", "javascript:alert(1)"),
    *("https://ann:secret@example.com/", "https://example.com@10.0.0.1/", "https://@example.com/"),
    *("https://example.com\\@10.0.0.1/", "https://example.com/#fragment", "https://exa mple.com/"),
    *("https://example.com./", "https://exam\tple.com/", "https://example.com/\r\nHost: b", "https://%31/"),
    *("https://example.com:99999/", "https://example.com:/", f"https://example.com/{'a' * 2_000}"),
    *("https://١٢٧.0.0.1/", "https://ｅxample.com/", "https://bücher.example/", "https://[::1/"),
    # Ports of other services.
    *(f"https://example.com:{port}/" for port in (0, 22, 25, 81, 5432, 6379, 8000, 8444, 65535)),
    # This machine, and the networks around it.
    *("http://127.0.0.1/", "http://127.255.255.254/", "http://0.0.0.0/", "http://0.1.2.3/"),
    *("http://10.0.0.1/", "http://172.16.0.1/", "http://172.31.255.255/", "http://192.168.1.1/"),
    "http://168.63.129.16/machine?comp=goalstate",
    *("http://169.254.169.254/latest/meta-data/", "http://100.64.0.1/", "http://100.127.255.255/"),
    *("http://192.0.0.8/", "http://192.0.2.1/", "http://192.88.99.1/", "http://198.18.0.1/"),
    *("http://198.51.100.1/", "http://203.0.113.1/", "http://224.0.0.1/", "http://239.255.255.255/"),
    *("http://240.0.0.1/", "http://255.255.255.255/"),
    # The same in spellings that some libraries take for an address.
    *("http://2130706433/", "http://0x7f000001/", "http://017700000001/", "http://127.1/", "http://127.0.1/"),
    *("http://0177.0.0.1/", "http://0x7f.0.0.1/", "http://127.0.0.0x1/", "http://127.0.0.01/", "http://0/"),
    *("http://127.0.0.1./", "http://example.0x7f/", "http://example.1/", "http://0x/"),
    # IPv6: local, unspecified, multicast, and forms that carry an IPv4 address.
    *("http://[::1]/", "http://[::]/", "http://[fe80::1]/", "http://[fe80::1%25eth0]/", "http://[fc00::1]/"),
    *("http://[fd12:3456::1]/", "http://[fec0::1]/", "http://[ff02::1]/", "http://[::ffff:127.0.0.1]/"),
    *("http://[::ffff:7f00:1]/", "http://[::127.0.0.1]/", "http://[::ffff:8.8.8.8]/", "http://[64:ff9b::a00:1]/"),
    *("http://[64:ff9b:1::a00:1]/", "http://[2002:7f00:1::]/", "http://[2002:a00:1::1]/", "http://[2001::1]/"),
    *("http://[2001:db8::1]/", "http://[3fff::1]/", "http://[100::1]/", "http://[5f00::1]/", "http://[1::2::3]/"),
]  # fmt: skip


@pytest.mark.parametrize("url", NOT_CALLED)
def test_it_is_not_called(url):
    with pytest.raises(NotAllowedError):
        Destination.of(url)


@pytest.mark.parametrize(
    ("url", "there"),
    [
        ("https://example.com", ("https", "example.com", 443, "/")),
        ("HTTP://Example.COM:8080/a?b=c", ("http", "example.com", 8080, "/a?b=c")),
        ("https://example.com:8443?b=c", ("https", "example.com", 8443, "/?b=c")),
        ("http://8.8.8.8/", ("http", "8.8.8.8", 80, "/")),
        ("https://[2606:4700::1111]/", ("https", "2606:4700::1111", 443, "/")),
        ("https://xn--bcher-kva.example/", ("https", "xn--bcher-kva.example", 443, "/")),
    ],
)
def test_it_is_called(url, there):
    found = Destination.of(url)

    assert (found.scheme, found.host, found.port, found.target) == there


@pytest.mark.parametrize(
    "answer",
    [["127.0.0.1"], ["93.184.215.14", "10.0.0.1"], ["::1"], ["2606:4700::1", "::ffff:10.0.0.1"], ["169.254.169.254"]],
)  # fmt: skip
def test_one_closed_address_among_many_closes_the_name(resolver, answer):
    resolver(answer)

    with pytest.raises(NotAllowedError):
        addresses_of(Destination.of("https://sly.example/"), within=1)


def test_a_name_that_means_another_host_the_next_time_is_not_followed_there(resolver, dialled):
    """The first answer is public, all later ones are this machine: it is asked once and dialled as told."""
    asked = resolver(["93.184.215.14"], ["127.0.0.1"])

    with pytest.raises(NoAnswerError):
        Client().post("http://rebinding.example:8080/", b"", {})

    assert asked == ["rebinding.example"]
    assert dialled == [("93.184.215.14", 8080)]
    with pytest.raises(NotAllowedError):
        Client().post("http://rebinding.example:8080/", b"", {})
    assert len(dialled) == 1


def test_exceptions_are_a_setting(settings, resolver):
    resolver(["127.0.0.1"], ["10.20.3.4"], ["10.21.3.4"])
    settings.OUTGOING_ALLOWED_HOSTS = ["localhost", "10.20.0.0/16", "192.168.1.7"]

    local = Destination.of("http://localhost:5000/")
    assert addresses_of(local, within=1) == [ipaddress.ip_address("127.0.0.1")]
    assert Destination.of("http://192.168.1.7:5000/").port == 5000
    inside = Destination.of("http://inside.example/")
    assert addresses_of(inside, within=1) == [ipaddress.ip_address("10.20.3.4")]
    for closed in ("http://192.168.1.8/", "http://127.0.0.1/", "http://inside.example:5000/"):
        with pytest.raises(NotAllowedError):
            Destination.of(closed)
    with pytest.raises(NotAllowedError):
        addresses_of(inside, within=1)


def test_a_redirect_is_an_answer_and_not_a_way_on(sink):
    answer = Client().post(f"{sink.url}/moved", b"{}", {})

    assert answer.status == 302
    assert sink.seen == ["/moved"]


def test_connections_are_kept(sink):
    client = Client()

    for _ in range(3):
        assert client.post(f"{sink.url}/", b"{}", {"x-kind": "test"}).body == b"thanks"

    assert len(sink.callers) == 1


def test_no_more_than_64_kilobytes_are_read_and_nothing_is_unpacked(sink):
    client = Client()

    assert len(client.post(f"{sink.url}/long", b"", {}).body) == 64 * 1024
    assert client.post(f"{sink.url}/packed", b"", {}).body == b"not unpacked"


@pytest.mark.parametrize("path", ["/silent", "/dripping", "/dripping-headers"])
def test_the_whole_answer_has_one_deadline(sink, monkeypatch, path):
    monkeypatch.setattr(outgoing, "READ_SECONDS", 0.4)

    with pytest.raises(NoAnswerError, match="in time"):
        Client().post(f"{sink.url}{path}", b"", {})

    assert sink.finished == []


def test_a_handshake_that_never_ends_is_left(settings, monkeypatch):
    monkeypatch.setattr(outgoing, "CONNECT_SECONDS", 0.4)
    settings.OUTGOING_ALLOWED_HOSTS = ["127.0.0.1"]
    silent = socket.create_server(("127.0.0.1", 0))

    with silent, pytest.raises(NoAnswerError, match="in time"):
        Client().post(f"https://127.0.0.1:{silent.getsockname()[1]}/", b"", {})


def test_a_closed_port_and_an_unknown_name_say_so(settings, resolver):
    settings.OUTGOING_ALLOWED_HOSTS = ["127.0.0.1"]
    with socket.create_server(("127.0.0.1", 0)) as used:
        port = used.getsockname()[1]
    with pytest.raises(NoAnswerError, match="refused"):
        Client().post(f"http://127.0.0.1:{port}/", b"", {})

    resolver(socket.gaierror("no such host"))
    with pytest.raises(NoAnswerError, match="no host"):
        Client().post("http://nowhere.example/", b"", {})


def test_the_certificate_is_that_of_the_name(settings, resolver, certificate, monkeypatch):
    settings.OUTGOING_ALLOWED_HOSTS = ["hooks.example", "other.example"]
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate / "cert.pem"))
    resolver(["127.0.0.1"])
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    with served(context) as sink:
        port = sink.server_address[1]
        assert Client().post(f"https://hooks.example:{port}/", b"{}", {}).status == 200
        with pytest.raises(NoAnswerError, match="TLS"):
            Client().post(f"https://other.example:{port}/", b"{}", {})


class Sink(BaseHTTPRequestHandler):
    """Answers as the path says."""

    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        self.server.seen.append(self.path)
        self.server.callers.add(self.client_address)
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        getattr(self, self.path.strip("/").replace("-", "_") or "thank")()
        self.server.finished.append(self.path)

    def thank(self) -> None:
        self._answer(200, b"thanks")

    def moved(self) -> None:
        self._answer(302, b"", {"Location": "/elsewhere"})

    def long(self) -> None:
        self._answer(200, b"a" * 200_000)

    def packed(self) -> None:
        self._answer(200, b"not unpacked", {"Content-Encoding": "gzip"})

    def silent(self) -> None:
        self.server.released.wait(FAR_TOO_LONG)

    def dripping(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        self._drip()

    def dripping_headers(self) -> None:
        self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
        self._drip()

    def _drip(self) -> None:
        ends_at = time.monotonic() + FAR_TOO_LONG
        while time.monotonic() < ends_at and not self.server.released.wait(0.05):
            self.wfile.write(b"a")

    def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
        self.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | (headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: Any) -> None:
        """Nothing."""


class Server(ThreadingHTTPServer):
    """Remembers who called, what for, and which answers came to their end."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Sink)
        self.seen: list[str] = []
        self.callers: set[Any] = set()
        self.finished: list[str] = []
        self.released = Signal()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def handle_error(self, *args: Any) -> None:
        """Callers that hang up are what is tested."""


@contextmanager
def served(tls: ssl.SSLContext | None = None) -> Iterator[Server]:
    server = Server()
    if tls:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    yield server
    server.released.set()
    server.shutdown()
    server.server_close()


@pytest.fixture
def sink(settings: Any) -> Iterator[Server]:
    settings.OUTGOING_ALLOWED_HOSTS = ["127.0.0.1"]
    with served() as server:
        yield server


@pytest.fixture
def resolver(monkeypatch: Any) -> Callable[..., list[str]]:
    """Names mean these addresses, one answer after the other, the last one for ever."""

    def answering(*answers: Any) -> list[str]:
        asked: list[str] = []

        def resolve(host: str, port: int, **kwargs: Any) -> Any:
            answer = answers[min(len(asked), len(answers) - 1)]
            asked.append(host)
            if isinstance(answer, Exception):
                raise answer
            return [(0, 0, 0, "", (address, port)) for address in answer]

        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        return asked

    return answering


@pytest.fixture
def dialled(monkeypatch: Any) -> list[Any]:
    """Every address that was dialled; nobody is there."""
    dialled: list[Any] = []

    def connect(sock: Any, address: Any) -> None:
        dialled.append(address)
        raise OSError("Nobody is there.")

    monkeypatch.setattr(outgoing.EndingSocket, "connect", connect)
    return dialled


@pytest.fixture
def certificate(tmp_path: Any) -> Any:
    """A key and a certificate for hooks.example alone."""
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-nodes", "-days", "2", "-subj", "/CN=hooks.example"),
            *("-addext", "subjectAltName=DNS:hooks.example"),
            *("-keyout", tmp_path / "key.pem", "-out", tmp_path / "cert.pem"),
        ],
        check=True,
        capture_output=True,
    )
    return tmp_path
