"""People as conformance wants them: all at once, there before the first test, each with a client that
needs no sign-in page."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from rest_framework.test import APIClient

from accounts import tokens
from accounts.models import Department, Session, User
from accounts.sign_in import open_session
from conftest import PASSWORD, approver, cookie_of
from tests.conformance.examples import EXAMPLES
from tests.conformance.people import People

ROLES = {"ben": "agent", "ada": "admin"}
APPROVERS = ("mia", "tom")


@pytest.fixture(scope="package")
def world(django_db_setup: None, django_db_blocker: Any) -> Iterator[bytes]:
    """Everybody, and a row of each model, made once for all tests of this folder, and pickled.

    They live in a transaction around those of the tests: what a test does to them is undone with it.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        departments = {each.slug: each for each in Department.objects.all()}
        people = _settle(departments)
        standing = {model: example.make(people) for model, example in EXAMPLES.items()}
        yield pickle.dumps(replace(people, standing=standing))
        transaction.set_rollback(True)


@pytest.fixture
def people(world: bytes, db: None) -> People:
    """Everybody, as they were in the beginning: what a test does to an object is its own."""
    copy: People = pickle.loads(world)  # noqa: S301 - our own, of a moment ago
    return copy


@pytest.fixture
def api(people: People) -> Callable[[User | None], APIClient]:
    """A REST client of somebody, or of nobody: `api(ann)`, `api(None)`."""

    def signed_in(user: User | None) -> APIClient:
        client = APIClient()
        if user is not None:
            session = people.sessions.get(user.pk) or _signed_in(user)
            client.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens.issue(session)}")
        return client

    return signed_in


@pytest.fixture
def browser_of(people: People) -> Callable[[User | None], Client]:
    """A browser in which somebody, or nobody, is signed in."""

    def signed_in(user: User | None) -> Client:
        browser = Client()
        if user is not None:
            key = people.cookies.get(user.pk) or cookie_of(user)
            browser.cookies[settings.SESSION_COOKIE_NAME] = key
        return browser

    return signed_in


def _settle(departments: Mapping[str, Department]) -> People:
    everybody = {}
    for name in ("ann", "zoe", "ben", "mia", "tom", "ada"):
        department = departments["legal" if name == "zoe" else "corporate"]
        role = ROLES.get(name, "requester")
        user = User(email=f"{name}@flowtrack.example", name=name.title(), role=role)
        user.department = department
        user.set_password(PASSWORD)
        user.save()
        everybody[name] = approver(user, departments) if name in APPROVERS else user
    sessions = {user.pk: _signed_in(user) for user in everybody.values()}
    cookies = {user.pk: cookie_of(user) for user in everybody.values()}
    corporate = departments["corporate"]
    return People(**everybody, corporate=corporate, sessions=sessions, cookies=cookies)


def _signed_in(user: User) -> Session:
    return open_session(user, way=Session.Way.BEARER, address="", user_agent="")
