"""Coming in, by e-mail and password."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from rest_framework.test import APIClient

from accounts import sign_in
from accounts.models import Session
from accounts.tests.conftest import PASSWORD, bearer
from core.errors import NotAuthenticated

LOGIN = "/api/auth/login/"
ME = "/api/auth/me/"


def test_ann_registers_and_signs_in(api):
    body = {"email": "Ann@Example.com ", "name": "Ann", "password": PASSWORD}
    registered = api.post("/api/auth/register/", body)
    signed_in = api.post(LOGIN, {"email": "aNN@example.com", "password": PASSWORD})

    assert registered.status_code == 201
    assert registered.json()["email"] == "ann@example.com"
    assert registered.json()["role"] == "requester"
    assert signed_in.json().keys() == {"access", "refresh", "user"}
    assert bearer(signed_in.json()["access"]).get(ME).json() == registered.json()


def test_an_address_is_taken_in_any_spelling(api, ann):
    answer = api.post(
        "/api/auth/register/", {"email": ann.email.upper(), "name": "Ann", "password": PASSWORD}
    )

    assert answer.status_code == 400
    assert [error["field"] for error in answer.json()["errors"]] == ["email"]


@pytest.mark.parametrize("weak", ["short", "password1234", "ann.archer@example", "x" * 1025])
def test_weak_passwords_are_refused(api, weak):
    body = {"email": "ann.archer@example.com", "name": "Ann", "password": weak}
    answer = api.post("/api/auth/register/", body)

    assert answer.status_code == 400
    assert {error["field"] for error in answer.json()["errors"]} == {"password"}


def test_registration_can_be_closed(api, settings):
    settings.REGISTRATION_OPEN = False

    body = {"email": "ann@example.com", "name": "Ann", "password": PASSWORD}
    answer = api.post("/api/auth/register/", body)

    assert answer.status_code == 403
    assert answer.json()["code"] == "not_permitted"


def test_a_newcomer_cannot_choose_a_role(api):
    body = {"email": "ann@example.com", "name": "Ann", "password": PASSWORD, "role": "admin"}
    answer = api.post("/api/auth/register/", body)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "role"


def test_unknown_mistyped_and_deactivated_look_the_same(api, ann, zoe):
    zoe.deactivate()
    zoe.save()

    answers = [
        api.post(LOGIN, {"email": "nobody@example.com", "password": PASSWORD}),
        api.post(LOGIN, {"email": ann.email, "password": "not the password"}),
        api.post(LOGIN, {"email": zoe.email, "password": PASSWORD}),
    ]

    assert {answer.status_code for answer in answers} == {401}
    assert {"WWW-Authenticate" in answer for answer in answers} == {True}
    bodies = [{**answer.json(), "request_id": None} for answer in answers]
    assert bodies[0] == bodies[1] == bodies[2]


def test_every_failure_costs_one_hash(api, ann, zoe, monkeypatch):
    zoe.set_unusable_password()
    zoe.save()
    hashed = []
    spy = sign_in.User.check_password
    monkeypatch.setattr(
        sign_in.User, "check_password", lambda user, raw: hashed.append(raw) or spy(user, raw)
    )

    for email in ("nobody@example.com", ann.email, zoe.email):
        api.post(LOGIN, {"email": email, "password": "not the password"})

    assert len(hashed) == 3


def test_unknown_fields_and_parameters_are_refused(api, ann):
    field = api.post(LOGIN, {"email": ann.email, "password": PASSWORD, "remember": True})
    parameter = api.post(f"{LOGIN}?next=/", {"email": ann.email, "password": PASSWORD})

    assert (field.status_code, parameter.status_code) == (400, 400)
    assert field.json()["errors"][0]["field"] == "remember"
    assert parameter.json()["errors"][0]["field"] == "next"


@pytest.mark.parametrize("email", ["", "x" * 300, "no-at-sign", "ann@example.com\x7f"])
def test_strange_addresses_are_no_server_errors(api, email):
    assert api.post(LOGIN, {"email": email, "password": PASSWORD}).status_code in (400, 401)


def test_a_password_that_changed_meanwhile_opens_nothing(ann):
    verified = sign_in.authenticate(ann.email, PASSWORD, address="")
    ann.set_password("another long password")
    ann.save()

    with pytest.raises(NotAuthenticated):
        sign_in.open_session(verified, way="bearer", address="", user_agent="")
    assert not Session.objects.exists()


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite locks the whole database")
def test_signing_in_waits_for_a_change_of_the_account(ann):
    with CaptureQueriesContext(connection) as statements:
        sign_in.open_session(ann, way="bearer", address="", user_agent="")

    assert any("FOR NO KEY UPDATE" in statement["sql"] for statement in statements)


def test_signing_out_kills_both_tokens(log_in, ann):
    tokens = log_in(ann)
    me = bearer(tokens["access"])

    assert me.post("/api/auth/logout/").status_code == 204

    assert me.get(ME).status_code == 401
    refreshed = APIClient().post("/api/auth/refresh/", {"refresh": tokens["refresh"]})
    assert refreshed.status_code == 401


def test_signing_out_everywhere(log_in, with_cookies, on_pages, ann):
    phone, browser, pages = bearer(log_in(ann)["access"]), with_cookies(ann), on_pages(ann)

    assert phone.post("/api/auth/logout-all/").status_code == 204

    assert phone.get(ME).status_code == 401
    assert browser.get(ME).status_code == 401
    assert pages.get("/password/").status_code == 302
