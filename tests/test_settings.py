"""FlowTrack starts safe or not at all."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from flowtrack.databases import Limits, configured
from flowtrack.safety import refuse_unsafe

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent
LIMITS = Limits(statement_seconds=10, lock_seconds=2, pool_size=8)
SAFE = {
    "SECRET_KEY": "s3cr3t-" * 8,
    "ALLOWED_HOSTS": "flowtrack.example",
    "JWT_SIGNING_KEYS": f"new:{'n' * 32},old:{'o' * 32}",
    "DATABASE_URL": "sqlite://:memory:",
}


def check(**changes: str) -> subprocess.CompletedProcess[str]:
    """`manage.py check --deploy` in an environment of its own."""
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **SAFE, **changes},
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_safe_installation_starts_without_a_warning():
    done = check()

    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY is missing"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY is too short"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS is empty"),
        ({"ALLOWED_HOSTS": "*"}, "allows every host"),
        ({"JWT_SIGNING_KEYS": ""}, "JWT_SIGNING_KEYS is missing"),
        ({"JWT_SIGNING_KEYS": "n" * 40}, "a list of name:key"),
        ({"JWT_SIGNING_KEYS": "new:short"}, "a key that is too short"),
        ({"JWT_SIGNING_KEYS": f"new:{'n' * 32},old:{'n' * 32}"}, "must differ"),
        ({"JWT_SIGNING_KEYS": f"new:{'n' * 32},new:{'o' * 32}"}, "must differ"),
        ({"JWT_SIGNING_KEYS": f"new:{SAFE['SECRET_KEY']}"}, "must differ"),
        ({"SECURE_COOKIES": "0"}, "SECURE_COOKIES is off"),
        ({"DEBUG": "1"}, "DEBUG shows source code"),
    ],
)
def test_an_unsafe_installation_does_not_start(changes, sentence):
    done = check(**changes)

    assert done.returncode != 0
    assert sentence in done.stderr


def test_everything_wrong_is_named_at_once():
    done = check(SECRET_KEY="", ALLOWED_HOSTS="", JWT_SIGNING_KEYS="", SECURE_COOKIES="0")

    for variable in ("SECRET_KEY", "ALLOWED_HOSTS", "JWT_SIGNING_KEYS", "SECURE_COOKIES"):
        assert f"- {variable}" in done.stderr


def test_a_developer_may_be_careless_on_localhost():
    refuse_unsafe(
        debug=True,
        secret_key="short",
        allowed_hosts=["localhost", "ops.localhost"],
        signing_keys="",
        secure_cookies=False,
    )


def test_sqlite_queues_its_writers_and_keeps_what_it_acknowledged():
    options = configured({"ENGINE": "django.db.backends.sqlite3"}, limits=LIMITS)["OPTIONS"]

    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] == 20
    assert "journal_mode=WAL" in options["init_command"]
    assert "synchronous=FULL" in options["init_command"]


def test_postgresql_gives_up_in_time_and_keeps_what_the_url_says():
    connection = {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {"sslmode": "require"}}

    options = configured(connection, limits=LIMITS)["OPTIONS"]

    assert options["options"] == "-c statement_timeout=10000 -c lock_timeout=2000"
    assert options["pool"]["max_size"] == 8
    assert options["sslmode"] == "require"


def test_every_variable_is_explained():
    settings = (ROOT / "flowtrack" / "settings.py").read_text()
    example = (ROOT / ".env.example").read_text()

    read = {
        part.split('"')[1]
        for part in settings.split("env.")[1:]
        if part.partition("(")[2][:1] == '"'
    }

    assert read
    assert {name for name in read if f"{name}=" not in example} == set()
