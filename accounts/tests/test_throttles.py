"""Guessing is slow; honest people never notice."""

from __future__ import annotations

import pytest

from accounts.tests.conftest import PASSWORD, bearer

LOGIN = "/api/auth/login/"
WRONG = "not the password"


@pytest.fixture(autouse=True)
def _three_attempts(settings):
    settings.THROTTLE_SIGN_IN_ACCOUNT = "3/h"
    settings.THROTTLE_SIGN_IN_ADDRESS = "5/h"
    settings.THROTTLE_REGISTER_ADDRESS = "2/h"


def test_an_account_cannot_be_guessed_from_anywhere(api, ann):
    statuses = [
        api.post(
            LOGIN, {"email": spelling, "password": WRONG}, REMOTE_ADDR=f"10.0.0.{place}"
        ).status_code
        for place, spelling in enumerate([ann.email, ann.email.upper(), f" {ann.email}", ann.email])
    ]
    right = api.post(LOGIN, {"email": ann.email, "password": PASSWORD})

    assert statuses == [401, 401, 401, 429]
    assert right.status_code == 429
    assert int(right["Retry-After"]) > 0


def test_one_address_cannot_try_many_accounts(api, db):
    statuses = [
        api.post(LOGIN, {"email": f"{name}@example.com", "password": WRONG}).status_code
        for name in "abcdef"
    ]

    assert statuses == [401] * 5 + [429]


def test_unknown_accounts_run_out_alike(api, db):
    attempt = {"email": "nobody@example.com", "password": WRONG}

    assert [api.post(LOGIN, attempt).status_code for _ in range(4)] == [401, 401, 401, 429]


def test_honest_people_are_never_slowed(api, log_in, ann):
    for _ in range(8):
        tokens = log_in(ann)
        refreshed = api.post("/api/auth/refresh/", {"refresh": tokens["refresh"]})
        assert refreshed.status_code == 200


def test_every_way_in_shares_the_budget(api, log_in, ann):
    me = bearer(log_in(ann)["access"])
    body = {"current_password": WRONG, "new_password": "a different long password"}

    assert me.post("/api/auth/password/", body).status_code == 400
    assert (
        me.patch("/api/auth/me/", {"email": "x@y.zz", "current_password": WRONG}).status_code == 400
    )
    assert api.post("/api/auth/password/reset/", {"email": ann.email}).status_code == 202

    assert api.post(LOGIN, {"email": ann.email, "password": PASSWORD}).status_code == 429
    assert me.post("/api/auth/password/", body).status_code == 429


def test_tokens_cannot_be_guessed(api, db):
    refresh = [api.post("/api/auth/refresh/", {"refresh": "x"}).status_code for _ in range(3)]
    body = {"token": "x", "new_password": "a different long password"}
    confirm = [api.post("/api/auth/password/reset/confirm/", body).status_code for _ in range(3)]

    assert refresh + confirm == [401, 401, 401, 400, 400, 429]


def test_registrations_are_counted_by_address(api, db):
    statuses = [
        api.post(
            "/api/auth/register/",
            {"email": f"{name}@example.com", "name": name, "password": PASSWORD},
        ).status_code
        for name in "abc"
    ]

    assert statuses == [201, 201, 429]


def test_account_routes_have_a_budget_for_each_person(as_, ann, zoe, settings):
    settings.THROTTLE_ACCOUNT = "2/m"
    anns, zoes = as_(ann), as_(zoe)

    answers = [anns.get(f"/api/auth/{route}/") for route in ("me", "sessions", "me")]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert answers[-1]["Retry-After"]
    assert zoes.get("/api/auth/me/").status_code == 200
