"""The cookie transport: tokens that scripts cannot read, and requests that nobody else can forge."""

from __future__ import annotations

import pytest
from rest_framework.test import APIClient

from accounts.tests.conftest import PASSWORD

ME = "/api/auth/me/"
NAME = {"name": "Ann Archer"}


def test_tokens_travel_only_as_cookies(api, ann, settings):
    settings.SESSION_COOKIE_SECURE = True

    answer = api.post(
        "/api/auth/login/", {"email": ann.email, "password": PASSWORD, "cookies": True}
    )

    assert answer.json().keys() == {"user", "csrf_token"}
    for name in ("__Host-ft_access", "__Host-ft_refresh"):
        cookie = answer.cookies[name]
        assert cookie["httponly"]
        assert cookie["secure"]
        assert cookie["samesite"] == "Lax"
        assert cookie["path"] == "/"
        assert not cookie["domain"]
        assert cookie.value not in answer.content.decode()


def test_a_change_needs_the_sessions_own_token(with_cookies, ann, zoe):
    browser, other = with_cookies(ann), with_cookies(zoe)

    assert browser.patch(ME, NAME).status_code == 200

    browser.credentials(**other._credentials)
    assert browser.patch(ME, NAME).json()["code"] == "csrf_failed"
    browser.credentials()
    assert browser.patch(ME, NAME).status_code == 403
    assert browser.get(ME).status_code == 200


@pytest.mark.parametrize(
    ("origin", "status"),
    [
        ("http://testserver", 200),
        ("https://app.example.com", 200),
        ("https://a.partner.example.com", 200),
        ("https://evil.example", 403),
        ("https://testserver", 403),
        ("null", 403),
    ],
)
def test_a_change_has_to_come_from_here(with_cookies, ann, settings, origin, status):
    settings.CSRF_TRUSTED_ORIGINS = ["https://app.example.com", "https://*.partner.example.com"]

    assert with_cookies(ann).patch(ME, NAME, HTTP_ORIGIN=origin).status_code == status


def test_a_bearer_token_is_judged_alone(with_cookies, log_in, ann, zoe):
    browser = with_cookies(ann)

    broken = browser.get(ME, HTTP_AUTHORIZATION="Bearer broken")
    zoes = browser.get(ME, HTTP_AUTHORIZATION=f"Bearer {log_in(zoe)['access']}")

    assert broken.status_code == 401
    assert zoes.json()["name"] == "Zoe"


def test_refreshing_by_cookie(with_cookies, ann):
    browser = with_cookies(ann)
    before = browser.cookies["ft_refresh"].value

    answer = browser.post("/api/auth/refresh/")

    assert answer.json().keys() == {"csrf_token"}
    assert browser.cookies["ft_refresh"].value != before
    assert browser.get(ME).status_code == 200


def test_nobody_refreshes_a_browser_from_elsewhere(with_cookies, ann):
    browser = with_cookies(ann)
    browser.credentials()

    assert browser.post("/api/auth/refresh/").status_code == 403


def test_signing_out_takes_the_cookies_back(with_cookies, ann):
    browser = with_cookies(ann)

    answer = browser.post("/api/auth/logout/")

    assert answer.status_code == 204
    assert answer.cookies["ft_access"].value == answer.cookies["ft_refresh"].value == ""
    assert browser.get(ME).status_code == 401


def test_tokens_do_not_change_their_transport(with_cookies, log_in, ann):
    browser, tokens = with_cookies(ann), log_in(ann)

    as_bearer = APIClient().get(
        ME, HTTP_AUTHORIZATION=f"Bearer {browser.cookies['ft_access'].value}"
    )
    in_the_body = APIClient().post(
        "/api/auth/refresh/", {"refresh": browser.cookies["ft_refresh"].value}
    )
    as_cookie = APIClient()
    as_cookie.cookies["ft_access"] = tokens["access"]

    assert as_bearer.status_code == in_the_body.status_code == 401
    assert as_cookie.get(ME).status_code == 401
