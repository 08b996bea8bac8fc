"""Run the suite on PostgreSQL: `python -m tests.postgresql [arguments of pytest]`.

The database is TEST_DATABASE_URL, or else a throw-away one, made from the installed programs and removed afterwards.
"""

import os
import pwd
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

UNPRIVILEGED_USERS = ("postgres", "nobody")
INITDB_OPTIONS = ["--auth=trust", "--username=flowtrack", "--encoding=UTF8", "--locale=C.UTF-8"]
# What a crash would lose is thrown away anyway.
SERVER_OPTIONS = (
    "-c listen_addresses= -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
)
BANNER = """
======================================================================
  SKIPPED: THE SUITE DID NOT RUN ON POSTGRESQL.
  No initdb was found. Install PostgreSQL (apt install postgresql)
  or point TEST_DATABASE_URL to a server.
======================================================================
"""


def main(arguments: Sequence[str]) -> int:
    """The exit code of pytest; without any PostgreSQL 0 after a loud word, or 1 when CI=true."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    if url := os.environ.get("TEST_DATABASE_URL"):
        return _pytest(arguments, url=url)
    programs = _programs()
    if programs is None:
        print(BANNER, file=sys.stderr)
        return int(os.environ.get("CI") == "true")
    with _throw_away_server(programs) as url:
        return _pytest(arguments, url=url)


def _pytest(arguments: Sequence[str], *, url: str) -> int:
    command = [sys.executable, "-m", "pytest", *arguments]
    return subprocess.run(command, env={**os.environ, "DATABASE_URL": url}, check=False).returncode


def _programs() -> Path | None:
    """The folder of initdb and pg_ctl: the newest of PATH, pg_config and Debian's places that has them."""
    candidates = []
    if initdb := shutil.which("initdb"):
        candidates.append(Path(initdb).resolve().parent)
    if pg_config := shutil.which("pg_config"):
        answer = subprocess.run([pg_config, "--bindir"], capture_output=True, text=True, check=True)
        candidates.append(Path(answer.stdout.strip()))
    debian = Path("/usr/lib/postgresql").glob("*/bin")
    candidates.extend(sorted(debian, key=lambda folder: float(folder.parent.name), reverse=True))
    return next((folder for folder in candidates if (folder / "initdb").exists()), None)


@contextmanager
def _throw_away_server(programs: Path) -> Iterator[str]:
    """The URL of a server that listens only on a socket in its own folder, so nothing can be taken already."""
    user = _unprivileged_user()
    folder = Path(tempfile.mkdtemp(prefix="flowtrack-pg-"))
    data = folder / "data"
    try:
        if user:
            shutil.chown(folder, user)
        _run(programs / "initdb", "--no-sync", *INITDB_OPTIONS, "-D", data, user=user)
        control = [programs / "pg_ctl", "-D", data, "-w"]
        options = f"-k {folder} {SERVER_OPTIONS}"
        _run(*control, "-l", folder / "log", "-o", options, "start", user=user)
        try:
            yield f"postgresql://flowtrack@/{folder}/postgres"
        finally:
            _run(*control, "-m", "immediate", "stop", user=user)
    finally:
        shutil.rmtree(folder)


def _unprivileged_user() -> str | None:
    """Whom to start the server as: PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return None
    known = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in UNPRIVILEGED_USERS if name in known)


def _run(*command: str | Path, user: str | None) -> None:
    """Quiet unless it fails. Files, not pipes: the server inherits them and would keep a pipe open."""
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(
            command, cwd="/", user=user, stdout=output, stderr=subprocess.STDOUT, check=False
        )
        if done.returncode:
            output.seek(0)
            sys.stderr.write(output.read().decode(errors="replace"))
            raise SystemExit(f"{command[0]} failed with exit code {done.returncode}.")


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
