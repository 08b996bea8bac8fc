"""Run FlowTrack on this machine: `python -m flowtrack.serve` prepares the database and starts web server and worker."""

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from accounts.demo.sign_ins import ACCOUNTS, sign_ins

ROOT = Path(__file__).resolve().parent.parent
WEB_THREADS = 4
START_SECONDS = 30
STOP_SECONDS = 30

Child = subprocess.Popen[bytes]


def main() -> int:
    """Serve until Ctrl-C or SIGTERM (exit code 0), or until either child ends by itself (1)."""
    host, port = os.environ.get("HOST", "127.0.0.1"), _port(os.environ.get("PORT", "8000"))
    if not _is_free(host, port):
        print(
            f"Port {port} is taken. Choose another one: PORT={port + 1} make run", file=sys.stderr
        )
        return 1
    _write_developer_settings(ROOT / ".env")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "flowtrack.settings")
    django.setup()
    _prepare_database()
    return _serve(host, port)


def _port(text: str) -> int:
    if text.isdigit() and 0 < int(text) < 2**16:
        return int(text)
    sys.exit(f"PORT is {text!r}; it has to be a number from 1 to 65535.")


def _is_free(host: str, port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


def _write_developer_settings(path: Path) -> None:
    """On first start, keys of this machine's own; a configured environment or file is left alone."""
    if "SECRET_KEY" in os.environ or path.exists():
        return
    path.touch(mode=0o600, exist_ok=False)
    path.write_text(
        "# Written by the first `make run`, for this machine only. See .env.example.\n"
        "DEBUG=1\n"
        f"SECRET_KEY={secrets.token_urlsafe(48)}\n"
        f"JWT_SIGNING_KEYS=first:{secrets.token_urlsafe(48)}\n"
    )


def _prepare_database() -> None:
    call_command("migrate", verbosity=0)
    if settings.DEBUG and not get_user_model().objects.exists():
        print("First start: making demo data, a minute or two …", flush=True)
        call_command("seed_demo", people=50, requests=200, tickets=100, work_orders=25, seed=7)


def _web_server(host: str, port: int) -> list[str]:
    """One process with a few threads: SQLite writers queue inside it, and the cache is shared."""
    return [
        *(sys.executable, "-m", "granian", "flowtrack.wsgi:application"),
        *("--interface", "wsgi", "--host", host, "--port", str(port)),
        *("--workers", "1", "--blocking-threads", str(WEB_THREADS)),
        *("--workers-kill-timeout", str(STOP_SECONDS), "--no-ws", "--log-level", "warning"),
    ]


def _start(command: Sequence[str]) -> Child:
    """A session of its own keeps Ctrl-C to us, so that each child is asked to stop exactly once."""
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True)


def _serve(host: str, port: int) -> int:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.default_int_handler)
    children: list[Child] = []
    try:
        children.append(_start(_web_server(host, port)))
        _wait_until_open(host, port, children)
        if not _ended(children):
            _welcome(host, port)
            children.append(_start([sys.executable, "manage.py", "work"]))
        while not _ended(children):
            time.sleep(0.2)
    except KeyboardInterrupt:
        print("\nStopping …", flush=True)
        return 0
    finally:
        _stop(children)
    print("A part of FlowTrack ended by itself; what it said is above.", file=sys.stderr)
    return 1


def _ended(children: Sequence[Child]) -> bool:
    return any(child.poll() is not None for child in children)


def _wait_until_open(host: str, port: int, children: Sequence[Child]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _ended(children) and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex((host, port)) == 0:
                return
        time.sleep(0.1)


def _stop(children: Sequence[Child]) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a second Ctrl-C would leave children behind
    for child in children:
        child.terminate()
    for child in children:
        try:
            child.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            child.kill()


def _welcome(host: str, port: int) -> None:
    name = "localhost" if host in {"127.0.0.1", "0.0.0.0"} else host  # noqa: S104 - compared only
    print(f"\nFlowTrack is at http://{name}:{port}/ (Ctrl-C stops it).\n")
    if settings.DEBUG:
        print(sign_ins())
        print(f"\nEverybody's password: {_demo_password()}\n", flush=True)


def _demo_password() -> str:
    admin = get_user_model().objects.filter(email=ACCOUNTS[0].email).first()
    if admin and admin.check_password(settings.DEMO_PASSWORD):
        return settings.DEMO_PASSWORD
    return "the one chosen when this demo data was made"


if __name__ == "__main__":
    try:
        sys.exit(main())
    except ImproperlyConfigured as unsafe:
        sys.exit(str(unsafe))
