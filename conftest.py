"""People and clients that every test may call by name."""

from __future__ import annotations

import gc
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.test import Client, TransactionTestCase
from django_tasks_db.management.commands import db_worker
from rest_framework.test import APIClient

from accounts import web
from accounts.models import Approver, Department, Session, User
from accounts.sign_in import open_session
from core.db import append_only
from core.registry import append_only_tables

PASSWORD = "correct horse battery staple"


def pytest_collection_finish() -> None:
    """Models, routes and thousands of tests stay to the end: looking for garbage among them is an eighth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Path | None:
    """The test database; with SQLite, also a file with what migrations have put there."""
    if connection.vendor != "sqlite":
        return None
    file = tmp_path_factory.mktemp("migrated") / "flowtrack.sqlite3"
    with django_db_blocker.unblock():
        copy_of_the_database(file)
    return file


@pytest.fixture
def migrated(django_db_setup: Path, tmp_path: Path) -> Path:
    """A file for processes that need a database of their own, as it is after migrations."""
    return Path(shutil.copy(django_db_setup, tmp_path))


def copy_of_the_database(file: Path) -> Path:
    """SQLite's, as it is now, in a file for other processes."""
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as copy:
        connection.connection.backup(copy)
    return file


@pytest.fixture(autouse=True, scope="session")
def _history_goes_with_its_test() -> Iterator[None]:
    """Tests with real transactions empty the database afterwards, the append-only history too."""
    empty = TransactionTestCase._fixture_teardown

    def teardown(case: TransactionTestCase) -> None:
        for table in append_only_tables():
            append_only.remove(connection, table)
        empty(case)
        for table in append_only_tables():
            append_only.install(connection, table)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", teardown)
        yield


@pytest.fixture(autouse=True, scope="session")
def _workers_keep_the_connection_of_the_test() -> Iterator[None]:
    """The embedded engine closes old connections, and to it the one with the test's transaction is old."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(db_worker, "close_old_connections", lambda: None)
        yield


@pytest.fixture(autouse=True)
def _fresh_counters() -> None:
    """No test inherits another's throttles."""
    cache.clear()


@pytest.fixture
def departments(db: None) -> dict[str, Department]:
    """Corporate, Healthcare and Legal, by slug; made again where a test has emptied the database."""
    names = ["Corporate", "Healthcare", "Legal"]
    return {
        name.lower(): Department.objects.get_or_create(slug=name.lower(), defaults={"name": name})[
            0
        ]
        for name in names
    }


@pytest.fixture
def person(departments: dict[str, Department]) -> Any:
    """Makes somebody: `person("carl", role="agent", department="legal")`."""

    def make(name: str, *, role: str = "requester", department: str = "corporate") -> User:
        user = User(
            email=f"{name}@flowtrack.example",
            name=name.title(),
            role=role,
            department=departments[department],
        )
        user.set_password(PASSWORD)
        user.save()
        return user

    return make


@pytest.fixture
def ann(person: Any) -> User:
    """Asks."""
    return person("ann")


@pytest.fixture
def zoe(person: Any) -> User:
    """A stranger: asks too, and has nothing to do with ann."""
    return person("zoe", department="legal")


@pytest.fixture
def ben(person: Any) -> User:
    """Works the queues."""
    return person("ben", role="agent")


@pytest.fixture
def mia(person: Any, departments: dict[str, Department]) -> User:
    """Approves for every department."""
    return approver(person("mia"), departments)


@pytest.fixture
def tom(person: Any, departments: dict[str, Department]) -> User:
    """Approves for every department, like mia."""
    return approver(person("tom"), departments)


@pytest.fixture
def ada(person: Any) -> User:
    """Runs the platform."""
    return person("ada", role="admin")


def approver(user: User, departments: dict[str, Department]) -> User:
    """The same person, now deciding for all departments."""
    for department in departments.values():
        Approver(user=user, department=department).save()
    return user


@pytest.fixture
def as_(db: None) -> Any:
    """A REST client of somebody: `as_(ann).get("/api/requests/")`."""

    def sign_in(user: User | None) -> APIClient:
        api = APIClient()
        if user is not None:
            body = {"email": user.email, "password": PASSWORD}
            answer = api.post("/api/auth/login/", body, format="json")
            assert answer.status_code == 200, answer.content
            api.credentials(HTTP_AUTHORIZATION=f"Bearer {answer.json()['access']}")
        return api

    return sign_in


@pytest.fixture
def browser_of(db: None) -> Callable[[User | None], Client]:
    """A browser in which somebody, or nobody, is signed in, without a sign-in page."""

    def signed_in(user: User | None) -> Client:
        browser = Client()
        if user is not None:
            browser.cookies[settings.SESSION_COOKIE_NAME] = cookie_of(user)
        return browser

    return signed_in


def cookie_of(user: User) -> str:
    """What a browser keeps in which this person is signed in."""
    session = open_session(user, way=Session.Way.WEB, address="", user_agent="")
    kept = Client().session
    kept[web.KEY] = str(session.pk)
    kept.save()
    return str(kept.session_key)
