"""Ways for people to be signed in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from rest_framework.test import APIClient

from accounts.tasks import send_account_mail

PASSWORD = "correct horse battery staple"


@pytest.fixture
def api(db: None) -> APIClient:
    """Somebody who is not signed in."""
    return APIClient()


@pytest.fixture
def log_in(db: None) -> Any:
    """The answer to signing in: `log_in(ann)["refresh"]`."""

    def sign_in(user: Any, password: str = PASSWORD) -> dict[str, Any]:
        body = {"email": user.email, "password": password}
        answer = APIClient().post("/api/auth/login/", body)
        assert answer.status_code == 200, answer.content
        return answer.json()

    return sign_in


@pytest.fixture
def with_cookies(db: None) -> Any:
    """A browser's client, signed in by cookies, that sends the CSRF token: `with_cookies(ann)`."""

    def sign_in(user: Any) -> APIClient:
        client = APIClient()
        body = {"email": user.email, "password": PASSWORD, "cookies": True}
        token = client.post("/api/auth/login/", body).json()["csrf_token"]
        client.credentials(HTTP_X_CSRFTOKEN=token)
        return client

    return sign_in


@pytest.fixture
def on_pages(db: None) -> Any:
    """A browser signed in on the pages: `on_pages(ann)`."""

    def sign_in(user: Any) -> Client:
        browser = Client()
        answer = browser.post("/sign-in/", {"email": user.email, "password": PASSWORD})
        assert answer.status_code == 302, answer.content
        return browser

    return sign_in


@pytest.fixture
def mailed_token(db: None) -> Any:
    """Has the worker send what is due, and takes the token from the last mail."""

    def take() -> str:
        send_account_mail()
        found = re.search(r"/password-reset/([\w-]+)/", mail.outbox[-1].body)
        assert found, mail.outbox[-1].body
        return found[1]

    return take


def bearer(token: str) -> APIClient:
    """A client with this access token."""
    client = APIClient()
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client
