"""Pages: Django's session is bound to a Session row, and the row decides."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.test import Client

from accounts.models import Session
from accounts.tests.conftest import PASSWORD
from core import clock

INSIDE = "/password/"


def test_signing_in_makes_a_session_row(on_pages, ann):
    browser = on_pages(ann)

    session = ann.sessions.get()
    assert (session.way, session.address) == ("web", "127.0.0.1")
    assert browser.get(INSIDE).status_code == 200


def test_signing_out_kills_even_a_copied_cookie(on_pages, ann):
    browser = on_pages(ann)
    copy = Client()
    copy.cookies[settings.SESSION_COOKIE_NAME] = browser.cookies[settings.SESSION_COOKIE_NAME].value

    browser.post("/sign-out/")

    assert copy.get(INSIDE).status_code == 302
    assert ann.sessions.get().end_reason == "signed_out"


def test_ending_the_row_signs_the_browser_out(on_pages, ann):
    browser = on_pages(ann)

    Session.objects.end("revoked")

    assert browser.get(INSIDE).status_code == 302


def test_signing_in_again_ends_the_session_before(on_pages, ann, zoe):
    browser = on_pages(ann)
    browser.post("/sign-out/")

    browser.post("/sign-in/", {"email": zoe.email, "password": PASSWORD})

    assert not ann.sessions.live().exists()
    assert zoe.sessions.live().count() == 1


def test_a_session_of_the_api_opens_no_page(log_in, ann):
    log_in(ann)
    session = ann.sessions.get()

    browser = Client()
    stored = browser.session
    stored["account_session"] = str(session.pk)
    stored.save()
    browser.cookies[settings.SESSION_COOKIE_NAME] = stored.session_key

    assert browser.get(INSIDE).status_code == 302


def test_a_session_runs_out(on_pages, ann):
    browser = on_pages(ann)

    with clock.at(clock.now() + timedelta(days=14, seconds=1)):
        assert browser.get(INSIDE).status_code == 302


def test_the_last_use_is_noted_now_and_then(on_pages, ann):
    browser = on_pages(ann)
    signed_in = ann.sessions.get().last_used_at

    with clock.at(signed_in + timedelta(minutes=5)):
        browser.get(INSIDE)
    assert ann.sessions.get().last_used_at == signed_in
    with clock.at(signed_in + timedelta(minutes=11)) as later:
        browser.get(INSIDE)
    assert ann.sessions.get().last_used_at == later


def test_a_page_of_our_own_signs_nobody_in_to_the_api(on_pages, ann):
    assert on_pages(ann).get("/api/auth/me/").status_code == 401
