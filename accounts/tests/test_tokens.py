"""Access tokens: short, signed with a key of their own, and worth nothing without a live session."""

from __future__ import annotations

from datetime import timedelta

import jwt
import pytest

from accounts import tokens
from accounts.tests.conftest import bearer
from core import clock

ME = "/api/auth/me/"
OLD = "old:" + "o" * 40
NEW = "new:" + "n" * 40


@pytest.fixture
def claims(log_in, ann):
    token = log_in(ann)["access"]
    return jwt.decode(token, options={"verify_signature": False})


def forged(claims, *, key="s" * 40, kid="test", algorithm="HS256", **changed):
    return jwt.encode(claims | changed, key, algorithm, headers={"kid": kid})


def own_key(settings):
    return settings.JWT_SIGNING_KEYS.partition(":")[2]


def test_what_a_token_says(claims, ann):
    assert claims.keys() == {"iss", "aud", "sub", "sid", "jti", "iat", "exp"}
    assert claims["sub"] == str(ann.pk)
    assert claims["exp"] - claims["iat"] <= 600


def test_a_longer_life_cannot_be_configured(settings, log_in, ann):
    settings.ACCESS_TOKEN_MINUTES = 60

    claims = jwt.decode(log_in(ann)["access"], options={"verify_signature": False})

    assert claims["exp"] - claims["iat"] == 600


def test_our_own_signature_counts(claims, settings):
    assert bearer(forged(claims, key=own_key(settings))).get(ME).status_code == 200


@pytest.mark.parametrize(
    "changes",
    [
        {"key": "s" * 40},
        {"kid": "another"},
        {"kid": ""},
        {"algorithm": "HS384"},
        {"algorithm": "none", "key": ""},
        {"iss": "another"},
        {"aud": "another"},
        {"sub": "0"},
        {"sid": "00000000-0000-0000-0000-000000000000"},
        {"sid": "nonsense"},
        {"exp": 1},
    ],
)
def test_anything_else_is_refused(claims, settings, changes):
    token = forged(claims, **({"key": own_key(settings)} | changes))
    answer = bearer(token).get(ME)

    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer.json()["code"] == "not_authenticated"


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "bearer x.y.z", "Bearer \xe9", "Bearer a b"]
)
def test_a_broken_header_is_refused(api, header):
    api.credentials(HTTP_AUTHORIZATION=header)

    assert api.get(ME).status_code == 401


def test_a_token_dies_after_ten_minutes(log_in, ann):
    with clock.at(clock.now() - timedelta(minutes=11)):
        token = log_in(ann)["access"]

    assert bearer(token).get(ME).status_code == 401


def test_keys_can_be_replaced(settings, log_in, ann):
    settings.JWT_SIGNING_KEYS = OLD
    old = log_in(ann)["access"]

    settings.JWT_SIGNING_KEYS = f"{NEW},{OLD}"
    new = log_in(ann)["access"]
    assert [jwt.get_unverified_header(token)["kid"] for token in (old, new)] == ["old", "new"]
    assert [bearer(token).get(ME).status_code for token in (old, new)] == [200, 200]

    settings.JWT_SIGNING_KEYS = NEW
    assert [bearer(token).get(ME).status_code for token in (old, new)] == [401, 200]


def test_a_session_without_its_person_is_no_session(log_in, ann):
    token = log_in(ann)["access"]
    session = tokens.session_of(token, way="bearer")

    session.delete()

    assert bearer(token).get(ME).status_code == 401
