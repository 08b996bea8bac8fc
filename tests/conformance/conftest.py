"""People as conformance wants them: all at once, each with a client that needs no sign-in page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from rest_framework.test import APIClient

from accounts import tokens, web
from accounts.models import Department, Session, User
from accounts.sign_in import open_session
from tests.conformance.people import People


@pytest.fixture
def people(
    ann: User, zoe: User, ben: User, mia: User, tom: User, ada: User, departments: Any
) -> People:
    """Everybody."""
    corporate: Department = departments["corporate"]
    return People(ann=ann, zoe=zoe, ben=ben, mia=mia, tom=tom, ada=ada, corporate=corporate)


@pytest.fixture
def api(db: None) -> Callable[[User | None], APIClient]:
    """A REST client of somebody, or of nobody: `api(ann)`, `api(None)`."""

    def signed_in(user: User | None) -> APIClient:
        client = APIClient()
        if user is not None:
            session = open_session(user, way=Session.Way.BEARER, address="", user_agent="")
            client.credentials(HTTP_AUTHORIZATION=f"Bearer {tokens.issue(session)}")
        return client

    return signed_in


@pytest.fixture
def browser_of(db: None) -> Callable[[User | None], Client]:
    """A browser in which somebody, or nobody, is signed in."""

    def signed_in(user: User | None) -> Client:
        browser = Client()
        if user is not None:
            session = open_session(user, way=Session.Way.WEB, address="", user_agent="")
            cookie = browser.session
            cookie[web.KEY] = str(session.pk)
            cookie.save()
            browser.cookies[settings.SESSION_COOKIE_NAME] = cookie.session_key
        return browser

    return signed_in
